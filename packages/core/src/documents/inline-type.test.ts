import { expect, it } from 'vitest';
import { inlineTypeOf } from './inline-type.ts';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

it.each([
  ['%PDF-1.7\n', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
  ['GIF89a\x01\0', 'image/gif'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wav'],
  ['ID3\x04\0\0', 'audio/mpeg'],
  ['\xff\xfb\x90\x64', 'audio/mpeg'],
  ['\xff\xf1\x50\x80', 'audio/aac'],
  ['OggS\0\x02\0\0\x01vorbis', 'audio/ogg'],
  ['OggS\0\x02\0\0\x80theora', 'video/ogg'],
  ['\0\0\0\x20ftypM4A \0\0', 'audio/mp4'],
  ['\0\0\0\x20ftypisom\0\0', 'video/mp4'],
  ['\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm', 'video/webm'],
])('shows %j as %s', (head, type) => {
  expect(inlineTypeOf(bytes(head))).toBe(type);
});

it('shows plain text, also if the end of the bytes cuts a character', () => {
  expect(inlineTypeOf(utf8('Größe: 3 < 4\r\n\tja'))).toBe('text/plain; charset=utf-8');
  expect(inlineTypeOf(utf8('ä'.repeat(3000)))).toBe('text/plain; charset=utf-8');
  expect(inlineTypeOf(utf8(`a${'ä'.repeat(3000)}`))).toBe('text/plain; charset=utf-8');
});

it.each([
  '<!doctype html><script>alert(1)</script>',
  ' \n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  '<?xml version="1.0"?><html/>',
  '',
  'PK\x03\x04',
  'text with \0 in it',
  '\0\0\0\x20ftypheic',
  'RIFF\x24\0\0\0AVI LIST',
  'MZ\x90\0',
])('saves %j', (head) => {
  expect(inlineTypeOf(bytes(head))).toBeNull();
});

it('saves markup behind a byte order mark, and text in other encodings', () => {
  expect(inlineTypeOf(utf8('\ufeff<html>'))).toBeNull();
  expect(inlineTypeOf(bytes('Gr\xf6\xdfe'))).toBeNull();
});
