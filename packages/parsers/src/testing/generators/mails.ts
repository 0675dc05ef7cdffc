import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

/** Mails whose text and HTML parts say the same, different things, or one of them nearly nothing. */
export const makeMails: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens: string[] = [];
  const make = (count: number) => {
    const words = Array.from({ length: count }, () => token());
    tokens.push(...words);
    return words;
  };
  const shared = make(pickInteger(random, 0, 30));
  const plainOnly = make(pickInteger(random, 0, 4));
  const pageOnly = make(pickInteger(random, 0, 30));
  const isTable = random() < 0.5 && pageOnly.length > 1;
  const cells = pageOnly.map((word) => `<td>${word}</td>`).join('');
  const page = `<html><body><p>${shared.join(' ')}</p>${isTable ? `<table><tr><th>A</th></tr><tr>${cells}</tr></table>` : `<p>${pageOnly.join(' ')}</p>`}</body></html>`;
  const plain = [wrap(shared), plainOnly.join('\r\n')].join('\r\n\r\n');
  const charset = pickOne(random, ['utf-8', 'us-ascii']);
  const subject = make(1)[0];
  const mail = [
    'From: a@example.com',
    'To: b@example.com',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    `Content-Type: text/plain; charset=${charset}`,
    '',
    plain,
    '--b',
    `Content-Type: text/html; charset=${charset}`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(page).toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--b--',
    '',
  ].join('\r\n');
  const isWide = random() < 0.2;
  return {
    filename: 'mail.eml',
    bytes: isWide ? Buffer.from(`\ufeff${mail}`, 'utf16le') : Buffer.from(mail),
    tokens,
    check({ text }) {
      const body = text.slice(text.indexOf('Subject:'));
      return shared.filter((word) => body.split(word).length > 2).map((word) => `${word} is there twice`);
    },
  };
};

function wrap(words: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += 8) lines.push(words.slice(at, at + 8).join(' '));
  return lines.join('\r\n');
}
