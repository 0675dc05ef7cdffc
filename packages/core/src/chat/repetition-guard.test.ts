import { createRandom, testSeed } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { RepetitionGuard } from './repetition-guard.ts';

/** Number of characters until the guard stops the text; null if it doesn't. */
function stopsAfter(text: string, pieceLength = 5): number | null {
  const guard = new RepetitionGuard();
  for (let at = 0; at < text.length; at += pieceLength) {
    if (guard.push(text.slice(at, at + pieceLength))) return at + pieceLength;
  }
  return null;
}

describe('RepetitionGuard', () => {
  it.each([
    ['a word', 'very '],
    ['a character', '='],
    ['a sentence', 'The lighthouse was built in 1874 by the harbor board. '],
    [
      'a paragraph',
      `${Array.from({ length: 35 }, (_, i) => `Clause ${String.fromCharCode(97 + (i % 26))}${i} of it.`).join(' ')}\n\n`,
    ],
    ['a list that counts', '{n}. The pump needs oil.\n'],
    ['Chinese', '灯塔建于一八七四年。'],
  ])('stops %s that repeats without end', (_, unit) => {
    const before = 'The documents describe the tower and its keepers in some detail. ';
    const counted = (i: number) => unit.replace('{n}', String(i));
    const text = before + Array.from({ length: 3000 }, (_, i) => counted(i)).join('');
    expect(stopsAfter(text)).toBeLessThan(before.length + Math.max(500, unit.length * 4));
  });

  it('lets through text that only looks repetitive', () => {
    const rows = Array.from(
      { length: 100 },
      (_, i) => `| ${'abcdefghij'[i % 10]}${i} | item ${i * 7} | ${(i * i) % 97} |`,
    );
    expect(
      stopsAfter(
        `| --- | --- | --- |\n${rows.map((row, i) => `${row} ${'lorem ipsum dolor sit amet'.slice(i % 20)}`).join('\n')}`,
      ),
    ).toBeNull();
    expect(stopsAfter(Array.from({ length: 300 }, (_, i) => `word${i}`).join(' '))).toBeNull();
    expect(stopsAfter(Array.from({ length: 300 }, (_, i) => `${i}`).join(', '))).toBeNull();
    expect(stopsAfter(`Yes. Yes. Yes. ${'-'.repeat(80)} done`)).toBeNull();
    expect(stopsAfter('He said it again. '.repeat(3))).toBeNull();
  });

  it('lets through random prose in any cut', () => {
    const random = createRandom(testSeed(11));
    const words = 'tower keeper granite lamp oil harbor storm winter record light signal boat coast'.split(' ');
    for (let round = 0; round < 30; round += 1) {
      const text = Array.from({ length: 400 }, () => words[Math.floor(random() * words.length)]).join(' ');
      expect(stopsAfter(text, 1 + Math.floor(random() * 40))).toBeNull();
    }
  });
});
