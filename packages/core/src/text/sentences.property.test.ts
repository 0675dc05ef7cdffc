import { expect, it } from 'vitest';
import { splitSentences } from './sentences.ts';

/** The pattern that the scanner replaces: correct, but quadratic on runs of punctuation. */
const SENTENCE_END =
  /[.!?؟۔…]+["'”’»)\]]*(?:\s*\[\d+\])*(?=\s)|[。！？｡]+[」』”）]*(?:\s*\[\d+\])*|\n\s*\n|\n(?=\s*(?:[-*•|#]|\d+[.)]))/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|etc|vs|cf|al|fig|eq|no|nr|dr|mr|mrs|ms|prof|st|vol|pp|approx|bzw|z\.B|ca)\.$/iu;

function splitByRegex(text: string): string[] {
  const ends: number[] = [];
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    const start = ends.at(-1) ?? 0;
    if (match[0].startsWith('.') && ABBREVIATION.test(text.slice(Math.max(start, end - 12), end))) continue;
    ends.push(end);
  }
  return [...ends, text.length].map((end, i) => text.slice(ends[i - 1] ?? 0, end).trim()).filter((part) => part !== '');
}

const PIECES = [
  '.',
  '!',
  '…',
  '"',
  ')',
  ']',
  ' ',
  '\n',
  '\n\n',
  '[1]',
  '[',
  '。',
  '」',
  '- ',
  '3)',
  'e.g.',
  'a',
  'B',
  'word',
];

it('splits like the pattern that it replaces', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let run = 0; run < 3000; run += 1) {
    const text = Array.from({ length: random(30) }, () => PIECES[random(PIECES.length)]).join('');
    const split = splitSentences(text).map(({ start, end }) => text.slice(start, end));
    expect(split, JSON.stringify(text)).toEqual(splitByRegex(text));
  }
});
