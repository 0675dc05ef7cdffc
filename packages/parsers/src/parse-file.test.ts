import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse, zip } from './testing/parse.ts';

const bytes = (...values: (number | string)[]) =>
  Buffer.concat(
    values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.alloc(value))),
  );

describe('parseBytes', () => {
  it.each([
    ['nothing', bytes(), 'empty'],
    ['white space', bytes(' \n\t\r\n'), 'empty'],
    ['a byte order mark alone', bytes('\xef\xbb\xbf'), 'empty'],
    ['zeros', bytes(500), 'empty'],
    ['PNG named .txt', bytes('\x89PNG\r\n\x1a\n', 20), 'needs-ocr'],
    ['JPEG', bytes('\xff\xd8\xff\xe0', 20), 'needs-ocr'],
    ['MP3', bytes('ID3\x03\0', 20), 'needs-transcription'],
    ['bare MPEG frames', bytes('\xff\xfb\x90\x64', 500), 'needs-transcription'],
    ['WAV', bytes('RIFF\0\0\0\0WAVEfmt '), 'needs-transcription'],
    ['MP4', bytes('\0\0\0\x18ftypisom', 20), 'needs-transcription'],
    ['a cut gzip', bytes('\x1f\x8b\x08\0', 20), 'damaged'],
    ['a program', bytes('\x7fELF\x02\x01', 40), 'unsupported'],
    ['a zip without documents', zip({ 'a.bin': bytes(9) }), 'empty'],
    ['a cut Office file', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 60), 'damaged'],
    ['a cut PDF', bytes('%PDF-1.4\n1 0 obj'), 'damaged'],
  ])('fails for %s with a reason and a hint', async (_, content, reason) => {
    const failure = await failureOf(parse(content, 'file.txt'));
    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('normalizes line ends, NFC, odd spaces, soft hyphens, bidi controls, NULs and lone surrogates', async () => {
    const { text } = await parse(Buffer.from('a\r\nb\rcafe\u0301 so\u00adft\u202e \u00a0x\0y', 'utf8'), 'a.txt');
    expect(text).toBe('a\nb\ncafé soft  x y');
    const lone = await parse(Buffer.from([0xff, 0xfe, 0x41, 0, 0, 0xd8, 0x42, 0]), 'a.txt');
    expect(lone.text).toBe('A\ufffdB');
  });

  it('never uses the name as a path, only to choose the kind of text', async () => {
    expect(await parse('a;b\n1;2', '../../etc/data.csv')).toMatchObject({ format: 'csv' });
    expect(await parse('a;b\n1;2', '..\\x')).toMatchObject({ format: 'text' });
    expect(await parse('<!DOCTYPE html><p>x</p>', 'x.txt')).toMatchObject({ format: 'html' });
    expect(await parse('{"a": 1}', 'x')).toMatchObject({ format: 'json' });
    expect(await parse('# A\n\n## B\n\nSee [x](http://y) and **z**.', 'x')).toMatchObject({ format: 'markdown' });
  });

  it('limits the size of the text and the file', async () => {
    expect((await failureOf(parse('word '.repeat(100), 'a.txt', { maxTextLength: 50 }))).reason).toBe('too-large');
  });

  it('separates blocks with an empty line and rows with a line end', async () => {
    const document = await parse('# T\n\na\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\nb', 'a.md');
    expect(document.text).toBe('T\n\na\n\nx | y\n1 | 2\n\nb');
    expect(listBlocks(document)).toHaveLength(5);
  });
});
