import { createRandom } from '@lorebox/testkit/random';
import { expect, it } from 'vitest';
import { replacePayloads } from './replace-payloads.ts';

const random = createRandom(3);
const payload = Buffer.from(Array.from({ length: 900 }, () => Math.floor(random() * 256))).toString('base64');

it('replaces data addresses, long runs and lines of base64', () => {
  expect(replacePayloads(`![a](data:image/png;base64,${payload}) after`).text).toBe(
    '![a]([image/png, 900 bytes]) after',
  );
  expect(replacePayloads(`key: ${payload} after`).text).toBe('key: [encoded data, 900 bytes] after');
  const lines = payload.replace(/.{76}/g, '$&\n');
  const { text } = replacePayloads(`before\n${lines}\nAfterwards a word`);
  expect(text).toMatch(/^before\n\[encoded data, 91\d bytes\]\nAfterwards a word$/);
});

it.each([
  ['words', 'word '.repeat(200)],
  ['one long word', 'x'.repeat(5000)],
  ['digits', '0123456789'.repeat(100)],
  ['letters of a sequence', 'ACGT'.repeat(300)],
  ['a path', `/srv/${'Data_Files/year-2024/'.repeat(20)}`],
  ['a short key', payload.slice(0, 100)],
  ['names', Array.from({ length: 30 }, (_, i) => `getUserName${i}`).join('_')],
])('keeps %s', (_, text) => {
  expect(replacePayloads(text).text).toBe(text);
});
