import iconv from 'iconv-lite';
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
  const textPart = encodePart(random, 'plain', plain);
  const htmlPart = encodePart(random, 'html', page);
  const subject = make(1)[0];
  const head = [
    'From: a@example.com',
    'To: b@example.com',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
  ].join('\r\n');
  const mail = Buffer.concat([
    Buffer.from(`${head}\r\n\r\n--b\r\n`),
    textPart,
    Buffer.from('\r\n--b\r\n'),
    htmlPart,
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const isWide = !mail.includes(0) && random() < 0.2;
  return {
    filename: 'mail.eml',
    bytes: isWide ? Buffer.from(`\ufeff${mail.toString('latin1')}`, 'utf16le') : mail,
    tokens,
    check({ text }) {
      const body = text.slice(text.indexOf('Subject:'));
      return shared.filter((word) => body.split(word).length > 2).map((word) => `${word} is there twice`);
    },
  };
};

const CHARSETS = ['utf-8', 'us-ascii', 'utf-16', 'utf-16be', 'utf-16le', 'utf-32le', 'utf-7', 'cp850'] as const;

function encodePart(random: () => number, kind: 'plain' | 'html', text: string): Buffer {
  const charset = pickOne(random, CHARSETS);
  const content = iconv.encode(text, charset, { addBOM: charset === 'utf-16' });
  const transfer = pickOne(random, ['base64', 'quoted-printable', '8bit']);
  const head = `Content-Type: text/${kind}; charset="${charset}"\r\nContent-Transfer-Encoding: ${transfer}\r\n\r\n`;
  if (transfer === '8bit') return Buffer.concat([Buffer.from(head), content]);
  const coded =
    transfer === 'base64'
      ? content.toString('base64').replace(/.{76}/g, '$&\r\n')
      : content.toString('hex').toUpperCase().replace(/../g, '=$&').replace(/.{72}/g, '$&=\r\n');
  return Buffer.from(head + coded);
}

function wrap(words: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += 8) lines.push(words.slice(at, at + 8).join(' '));
  return lines.join('\r\n');
}
