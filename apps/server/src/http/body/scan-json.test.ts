import { createRandom, testSeed } from '@lorebox/testkit/random';
import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { MAX_JSON_DEPTH, MAX_JSON_VALUES, scanJson } from './scan-json.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const MB = 1024 * 1024;

it('accepts what JSON.parse accepts, whatever the strings contain', () => {
  const random = createRandom(testSeed());
  const pieces = ['"', '\\', '{', '}', '[', ']', ',', ':', 'ü', '\u2028', '\u0000', 'text', '💥'];
  const text = () => Array.from({ length: random() * 12 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
  for (let i = 0; i < 500; i += 1) {
    const value = { [text()]: text(), list: [text(), 1.5, null, { [text()]: [[text()]] }] };
    expect(parseJson(bytesOf(JSON.stringify(value, null, i % 3)))).toEqual(value);
  }
});

it.each([
  ['empty objects', `[${'{},'.repeat(MAX_JSON_VALUES)}`],
  ['numbers', `[${'0,'.repeat(MAX_JSON_VALUES)}`],
  ['strings without commas', '"'.repeat(MB)],
  ['nested lists', '['.repeat(MAX_JSON_DEPTH + 1)],
  ['nested objects', '{"a":'.repeat(MAX_JSON_DEPTH + 1)],
])('rejects too many values or levels: %s', (_name, text) => {
  expect(() => scanJson(bytesOf(text))).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
});

it('accepts input within the limits', () => {
  scanJson(bytesOf(`[${'0,'.repeat(MAX_JSON_VALUES - 10)}0]`));
  scanJson(bytesOf('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH)));
  scanJson(bytesOf(`"${'{[,'.repeat(MB)}"`));
  scanJson(bytesOf(`["${'\\\\'.repeat(MB)}","${'\\"'.repeat(MB)}"]`));
});

it('rejects bytes that are not UTF-8, and accepts an empty body', () => {
  expect(() => parseJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow('not valid UTF-8');
  expect(() => parseJson(bytesOf('{"a":'))).toThrow('not valid JSON');
  expect(parseJson(new Uint8Array())).toBeUndefined();
});
