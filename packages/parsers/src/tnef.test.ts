import { expect, it } from 'vitest';
import { parse } from './testing/parse.ts';

function attribute(level: number, id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  return Buffer.concat([head, data, Buffer.alloc(2)]);
}

function property(type: number, id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(id, 2);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(value.length, 8);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

const count = Buffer.from([2, 0, 0, 0]);
const WINMAIL = Buffer.concat([
  Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
  attribute(
    1,
    0x69003,
    Buffer.concat([
      count,
      property(0x1f, 0x1000, Buffer.from('See the table.\0', 'utf16le')),
      property(0x102, 0x1013, Buffer.from('<p>See the table.</p><table><tr><td>Valve</td><td>12</td></tr></table>')),
    ]),
  ),
  attribute(2, 0x69002, Buffer.alloc(14)),
  attribute(2, 0x18010, Buffer.from('list.csv\0')),
  attribute(2, 0x6800f, Buffer.from('a,b\n1,2\n')),
]);

it('reads the body and the attachments of winmail.dat', async () => {
  const document = await parse(WINMAIL, 'winmail.dat');
  expect(document.format).toBe('tnef');
  expect(document.text).toBe('See the table.\n\nValve | 12\na | b\n1 | 2');
});

it('reads winmail.dat in a mail', async () => {
  const mail = `From: a@example.com\r\nSubject: Offer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Disposition: attachment; filename="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n${WINMAIL.toString('base64')}\r\n--b--\r\n`;
  const document = await parse(mail, 'mail.eml');
  expect(document.text).toContain('Valve | 12');
  expect(document.text).toContain('1 | 2');
  expect(document.warnings).toEqual([]);
});
