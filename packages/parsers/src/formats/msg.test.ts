import { strToU8 } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { writeMsg } from '../testing/msg-file.ts';
import { parse } from '../testing/parse.ts';

const SAMPLES = [
  { codePage: 1251, name: 'windows-1251', text: 'Добрый день, отчёт по складу готов и отправлен сегодня утром.' },
  { codePage: 932, name: 'shift_jis', text: '倉庫の報告書を今朝お送りしました。ご確認をお願いいたします。' },
  { codePage: 1250, name: 'windows-1250', text: 'Zażółć gęślą jaźń, raport został wysłany dziś rano.' },
  { codePage: 65001, name: 'utf-8', text: 'Grüße aus Zürich, der Bericht ist fertig.' },
];

describe('Outlook messages', () => {
  it.each(SAMPLES)('decodes the code page $codePage', async ({ codePage, name, text }) => {
    const bytes = iconv.encode(text, name);
    const file = writeMsg({ strings: { '0037': bytes.subarray(0, 0), '1000': bytes }, codePage });
    expect((await parse(file, 'a.msg')).text).toContain(text);
  });

  it.each(SAMPLES.slice(0, 2))('recognizes $name without a code page', async ({ name, text }) => {
    const file = writeMsg({ strings: { '1000': iconv.encode(`${text} ${text}`, name) } });
    expect((await parse(file, 'a.msg')).text).toContain(text);
  });

  it('keeps what only one of both bodies says', async () => {
    const html = strToU8('<table><tr><td>Berth</td><td>Fee</td></tr><tr><td>B7</td><td>4411</td></tr></table>');
    const file = writeMsg({ strings: { '1000': strToU8('This mail needs an HTML viewer.') }, html });
    const { text } = await parse(file, 'a.msg');
    expect(text).toContain('B7 | 4411');
    expect(text).toContain('HTML viewer');
  });

  it('reads a mail in an attachment', async () => {
    const content = strToU8(
      'From: ida@example.org\r\nSubject: Tide\r\nMIME-Version: 1.0\r\n\r\nThe tide gauge reads 4312.\r\n',
    );
    const file = writeMsg({ strings: { '1000': strToU8('See below.') }, attachments: [{ name: 'tide.eml', content }] });
    const { text, blocks } = await parse(file, 'a.msg');
    expect(text).toContain('The tide gauge reads 4312.');
    expect(blocks.at(-1)?.section).toBe('tide.eml');
  });
});
