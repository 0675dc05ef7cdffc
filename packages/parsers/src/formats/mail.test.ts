import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';

const MAIL = [
  'From: =?utf-8?q?J=C3=BCrgen?= <j@example.com>',
  'To: ann@example.com',
  'Subject: Plans',
  'Date: Tue, 02 Jan 2024 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Hello <b>Ann</b></p>',
  '--b',
  'Content-Type: text/csv; name=list.csv',
  'Content-Disposition: attachment; filename=list.csv',
  '',
  'a,b',
  '1,2',
  '--b',
  'Content-Type: application/pdf',
  'Content-Disposition: attachment; filename="../plan.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERi0xLjQK',
  '--b--',
  '',
].join('\r\n');

describe('mail', () => {
  it('reads headers, body and text attachments, and lists the other attachments', async () => {
    const document = await parse(MAIL, 'x.txt');
    expect(listBlocks(document, (block) => block.section ?? '-')).toEqual([
      '-: Plans',
      '-: From: Jürgen <j@example.com>\nTo: ann@example.com\nSubject: Plans\nDate: 2024-01-02T10:00:00.000Z',
      '-: Hello Ann',
      'list.csv: a | b',
      'list.csv: 1 | 2',
    ]);
    expect(document).toMatchObject({ format: 'eml', title: 'Plans', metadata: { from: 'Jürgen <j@example.com>' } });
    expect(document.warnings).toEqual([
      expect.stringContaining('The attachment "../plan.pdf" was not read: This PDF file couldn\'t be read'),
    ]);
  });

  it('splits mailboxes and unescapes quoted lines', async () => {
    const message = (subject: string, body: string) =>
      `From a@example.com Tue Jan  2 10:00:00 2024\nFrom: a@example.com\nMessage-ID: <1>\nSubject: ${subject}\n\n${body}\n\n`;
    const document = await parse(message('One', 'first\n>From here') + message('Two', 'From now on 2024 words'), 'x');
    expect(document.format).toBe('mbox');
    expect(new Set(document.blocks.map((block) => block.section))).toEqual(new Set(['One', 'Two']));
    expect(document.text).toContain('first\nFrom here');
    expect(document.metadata.messages).toBe('2');
  });

  it.each(['unknown-8bit', 'us-ascii', 'iso-8859-1'])('reads UTF-8 in a part that says "%s"', async (charset) => {
    const head = `From: a@x\nBcc: c@x\nReply-To: r@x\nSubject: s\nContent-Type: text/plain; charset=${charset}`;
    const { text } = await parse(Buffer.from(`${head}\n\ncafé 15 €`), 'a.eml');
    expect(text).toBe('s\n\nFrom: a@x\nBcc: c@x\nReply-To: r@x\nSubject: s\n\ncafé 15 €');
  });

  it('believes a part in the encoding that it says', async () => {
    const head = 'From: a@x\nSubject: s\nContent-Type: text/plain; charset=iso-8859-1';
    const mail = Buffer.from(`${head}\n\ncaf\xe9`, 'latin1');
    expect((await parse(mail, 'a.eml')).text).toContain('café');
  });
});
