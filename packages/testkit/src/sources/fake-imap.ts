import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface FakeImap {
  readonly port: number;
  /** Received commands, including passwords. */
  readonly commands: string[];
  /** Adds a mail to INBOX. It replaces a mail with the same subject, as servers do with drafts. */
  put(subject: string, text: string): void;
  remove(subject: string): void;
  /** Drops every connection at the next FETCH of a body. */
  isBroken: boolean;
  close(): Promise<void>;
}

interface Mail {
  uid: number;
  subject: string;
  source: string;
}

/**
 * Starts a server with the parts of IMAP4rev1 that a reader needs: one folder, INBOX, and the user "ada" with the
 * password "good-password".
 */
export async function startFakeImap(): Promise<FakeImap> {
  const state = { mails: [] as Mail[], nextUid: 1, isBroken: false, commands: [] as string[] };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    socket.setNoDelay(true);
    socket.write('* OK ready\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        state.commands.push(line);
        answer(state, socket, line);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands: state.commands,
    get isBroken() {
      return state.isBroken;
    },
    set isBroken(value) {
      state.isBroken = value;
    },
    put(subject, text) {
      const encoded = `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`;
      const head = `From: Ada <ada@example.com>\r\nTo: bob@example.com\r\nSubject: ${encoded}\r\nMessage-ID: <${state.nextUid}@example.com>`;
      const source = `${head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
      state.mails = state.mails.filter((mail) => mail.subject !== encoded);
      state.mails.push({ uid: state.nextUid++, subject: encoded, source });
    },
    remove(subject) {
      const encoded = `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`;
      state.mails = state.mails.filter((mail) => mail.subject !== encoded);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function answer(state: { mails: Mail[]; nextUid: number; isBroken: boolean }, socket: Socket, line: string): void {
  const [, tag = '*', command = '', rest = ''] = /^(\S+) ((?:UID )?\S+)(?: (.*))?$/i.exec(line) ?? [];
  const say = (text: string) => socket.write(`${text}\r\n`, 'latin1');
  const ok = (text = 'done') => say(`${tag} OK ${text}`);
  const name = command.toUpperCase();
  if (name === 'CAPABILITY') {
    say('* CAPABILITY IMAP4rev1 ID');
    ok();
  } else if (name === 'LOGIN') {
    const [user, password] = rest.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
    if (user === 'ada' && password === 'good-password') ok();
    else say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`);
  } else if (name === 'LIST' || name === 'LSUB') {
    if (/ ""$/.test(rest)) say('* LIST (\\Noselect) "/" ""');
    else if (/INBOX|[*%]/.test(rest)) say('* LIST (\\HasNoChildren) "/" INBOX');
    ok();
  } else if (name === 'EXAMINE' || name === 'SELECT') {
    if (!/^"?INBOX"?$/.test(rest)) return void say(`${tag} NO [NONEXISTENT] There is no such folder`);
    say(`* ${state.mails.length} EXISTS`);
    say('* OK [UIDVALIDITY 7] UIDs are valid');
    say(`* OK [UIDNEXT ${state.nextUid}] next`);
    ok(`[READ-ONLY] ${name} done`);
  } else if (name === 'UID SEARCH') {
    say(`* SEARCH ${state.mails.map(({ uid }) => uid).join(' ')}`);
    ok();
  } else if (name === 'UID FETCH') {
    fetch(state, socket, rest, say);
    if (!socket.destroyed) ok();
  } else if (name === 'LOGOUT') {
    say('* BYE');
    ok();
    socket.end();
  } else {
    ok();
  }
}

function fetch(
  state: { mails: Mail[]; isBroken: boolean },
  socket: Socket,
  rest: string,
  say: (text: string) => void,
): void {
  const [, set = '', items = ''] = /^(\S+) (.*)$/.exec(rest) ?? [];
  const wanted = set.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split(':').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  for (const [index, mail] of state.mails.entries()) {
    if (!wanted.includes(mail.uid)) continue;
    const parts = [`UID ${mail.uid}`];
    if (items.includes('ENVELOPE')) parts.push(`ENVELOPE ${envelopeOf(mail)}`);
    const bytes = Buffer.from(mail.source);
    if (items.includes('RFC822.SIZE')) parts.push(`RFC822.SIZE ${bytes.length}`);
    if (items.includes('INTERNALDATE')) parts.push('INTERNALDATE "24-Nov-2026 10:00:00 +0000"');
    const [, part, start, length] = /BODY(?:\.PEEK)?\[(\w*)\](?:<(\d+)\.(\d+)>)?/.exec(items) ?? [];
    if (part !== undefined) {
      if (state.isBroken) {
        socket.destroy();
        return;
      }
      const from = Number(start ?? 0);
      const piece = bytes.subarray(from, from + Number(length ?? bytes.length)).toString('latin1');
      parts.push(`BODY[${part}]${start === undefined ? '' : `<${start}>`} {${piece.length}}\r\n${piece}`);
    }
    say(`* ${index + 1} FETCH (${parts.join(' ')})`);
  }
}

function envelopeOf({ subject, uid }: Mail): string {
  const ada = '(("Ada" NIL "ada" "example.com"))';
  const bob = '((NIL NIL "bob" "example.com"))';
  return `("Tue, 24 Nov 2026 10:00:00 +0000" "${subject}" ${ada} ${ada} ${ada} ${bob} NIL NIL NIL "<${uid}@example.com>")`;
}
