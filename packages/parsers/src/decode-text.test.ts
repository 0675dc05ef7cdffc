import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const SAMPLES: [text: string, encodings: string[]][] = [
  ['Однажды, в студеную зимнюю пору я из лесу вышел', ['cp866', 'koi8-r', 'windows-1251', 'iso-8859-5', 'utf-16le']],
  ['Привет, мир!', ['cp866', 'koi8-r', 'windows-1251']],
  ['ПРИВЕТ МИР. Отчёт за 2019 год', ['cp866', 'koi8-r', 'windows-1251']],
  ['佐藤太郎,名古屋,25\n鈴木花子,東京,30', ['shift_jis', 'utf-16le', 'utf-16be']],
  ['これは日本語のテキストです。漢字とカタカナ。', ['shift_jis', 'euc-jp', 'utf-16le']],
  ['姓名,年龄\n张三,25\n李四,30', ['gb18030', 'utf-16le']],
  ['這是一個繁體中文的測試檔案。', ['big5', 'utf-16be']],
  ['안녕하세요. 이것은 한국어 문서입니다.', ['euc-kr']],
  ['können äöüß', ['latin1', 'windows-1252']],
  ['Käse für 15,50 € “bezahlt”', ['windows-1252']],
  ['Le château où l’été est arrivé, ça va très bien', ['windows-1252']],
  ['A mostly English text with one café.', ['windows-1252']],
  ['Příliš žluťoučký kůň úpěl ďábelské ódy', ['windows-1250', 'iso-8859-2']],
  ['Καλημέρα κόσμε, αυτό είναι ένα κείμενο', ['windows-1253', 'iso-8859-7']],
  ['שלום עולם, זה טקסט בעברית', ['windows-1255']],
  ['مرحبا بالعالم هذا نص عربي', ['windows-1256']],
  ['สวัสดีชาวโลก นี่คือข้อความภาษาไทย', ['windows-874']],
];

describe('decodeText', () => {
  for (const [text, encodings] of SAMPLES) {
    it.each(encodings)(`reads "${text.slice(0, 12)}" in %s`, (encoding) => {
      expect(decodeText(iconv.encode(text, encoding))?.text).toBe(text);
    });
  }

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('trusts the byte order mark of %s', (encoding) => {
    expect(decodeText(iconv.encode('Grüße, мир', encoding, { addBOM: true }))?.text).toBe('Grüße, мир');
  });

  it('does not mistake binary data for text', () => {
    const junk = Uint8Array.from({ length: 4000 }, (_, index) => (index * index * 7 + (index >> 3) * 31) % 256);
    expect(decodeText(junk)).toBeUndefined();
  });

  it('reads UTF-8 that is truncated within a character', () => {
    expect(decodeText(Buffer.from('жизнь хороша').subarray(0, -1))?.text).toBe('жизнь хорош\ufffd');
  });

  it('tolerates a few NULs', () => {
    expect(decodeText(Buffer.from('padded\0\0record and more text'))?.encoding).toBe('utf-8');
  });
});
