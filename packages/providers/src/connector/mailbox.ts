import { AppError, isAppError } from '@lorebox/contract/errors';
import type { ConnectorContext } from '@lorebox/ports/connector';
import { ImapFlow } from 'imapflow';
import type { ImapConfig } from './imap-config.ts';

export interface Mail {
  uid: number;
  subject: string;
  from: string;
  to: string;
  date: Date | null;
  messageId: string | undefined;
  size: number | undefined;
}

/** A connection to a mail server, with one open folder at a time. */
export interface Mailbox {
  /** Opens a folder for reading and returns its UIDVALIDITY. When it changes, all UIDs are different. */
  select(folder: string): Promise<string>;
  /** UIDs of the folder, oldest first. */
  list(since: Date | null): Promise<number[]>;
  envelopes(uids: readonly number[]): Promise<Mail[]>;
  /** Null if the mail was deleted. */
  open(uid: number): Promise<AsyncIterable<Uint8Array> | null>;
  close(): Promise<void>;
}

const SILENCE_MS = 60_000;

export async function openMailbox(context: ConnectorContext, config: ImapConfig): Promise<Mailbox> {
  const { host, port, security, username, password = '' } = config;
  const client = new ImapFlow({
    // Connect to the checked address only.
    host: await context.host.resolve(host, port),
    port,
    secure: security === 'tls',
    servername: host,
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: { user: username, pass: password },
    clientInfo: { name: 'Lorebox' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
  });
  // The running command rejects with the same error.
  client.on('error', () => {});
  const leave = () => client.close();
  context.signal.addEventListener('abort', leave, { once: true });
  const ask = <T>(what: string, run: () => Promise<T>) => translate(context, host, what, run);
  await ask('connect', () => client.connect());
  return {
    async select(folder) {
      const opened = await ask(`open the folder "${folder}"`, () => client.mailboxOpen(folder, { readOnly: true }));
      return String(opened.uidValidity);
    },
    async list(since) {
      const query = since === null ? { all: true } : { since };
      const uids = await ask('list the folder', () => client.search(query, { uid: true }));
      if (!uids) throw new AppError('SOURCE_FAILED', `${host} returned no list for the folder.`);
      return uids;
    },
    async envelopes(uids) {
      const wanted = { uid: true, envelope: true, size: true, internalDate: true };
      const found = await ask('read the message headers', () => client.fetchAll(uids.join(','), wanted, { uid: true }));
      return found.map(toMail);
    },
    async open(uid) {
      const download = await ask('download a message', () => client.download(String(uid), undefined, { uid: true }));
      return 'content' in download && download.content ? download.content : null;
    },
    async close() {
      context.signal.removeEventListener('abort', leave);
      await client.logout().catch(() => client.close());
    },
  };
}

/** Ignores errors, because the sync run is over. */
export async function closeMailbox(mailbox: Mailbox): Promise<void> {
  await mailbox.close().catch(() => {});
}

async function translate<T>(
  { signal }: ConnectorContext,
  host: string,
  what: string,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error)) throw error;
    const { authenticationFailed, responseStatus, responseText, message } = error as {
      authenticationFailed?: boolean;
      responseStatus?: string;
      responseText?: string;
      message: string;
    };
    if (authenticationFailed) {
      const how = 'Check username and password. Many providers require an app password.';
      throw new AppError('SOURCE_REFUSED', `${host} rejected the credentials. ${how}`);
    }
    const why = responseText || message;
    if (responseStatus === 'NO') throw new AppError('SOURCE_REFUSED', `${host} refused to ${what}: ${why}.`);
    throw new AppError('SOURCE_FAILED', `Failed to ${what} (${host}): ${why}.`, { cause: error });
  }
}

type Found = Awaited<ReturnType<ImapFlow['fetchAll']>>[number];

function toMail({ uid, envelope, size, internalDate }: Found): Mail {
  const names = (list: { name?: string | undefined; address?: string | undefined }[] | undefined) =>
    (list ?? []).map(({ name, address }) => (name ? `${name} <${address ?? ''}>` : (address ?? ''))).join(', ');
  const date = new Date(envelope?.date ?? internalDate ?? Number.NaN);
  return {
    uid,
    subject: envelope?.subject ?? '',
    from: names(envelope?.from),
    to: names(envelope?.to),
    date: Number.isNaN(date.getTime()) ? null : date,
    messageId: envelope?.messageId,
    size,
  };
}
