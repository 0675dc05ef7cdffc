import { expect, it } from 'vitest';
import { findSlowRegexes } from './find-slow-regexes.ts';

const isSlow = (regex: string) => findSlowRegexes('a.ts', `export const PATTERN = ${regex};`).length > 0;

it('finds repetitions that take more than linear time', () => {
  const slow = [
    '/(a+)+b/',
    '/(?:a|a)*b/',
    '/\\s*\\s*x/',
    '/\\s+$/',
    '/“[^”]+”/',
    '/\\d+\\.?\\d*x/',
    '/[a-z]+(?:-[a-z]+)+/g',
    '/^(.*?)[ \\t]*$/',
  ];
  expect(slow.filter((regex) => !isSlow(regex))).toEqual([]);
});

it('accepts linear ones', () => {
  const fast = ['/\\w+/g', '/(?<!\\s)\\s+$/', '/"[^"]*/g', '/^\\d+(?:\\.\\d+)?$/', '/\\{([^{}]+)\\}/g'];
  expect(fast.filter(isSlow)).toEqual([]);
});

it('finds constructed expressions', () => {
  expect(isSlow('new RegExp(name)')).toBe(true);
  expect(isSlow('RegExp(name)')).toBe(true);
});

it('finds calls of normalize', () => {
  expect(isSlow("name.normalize('NFC')")).toBe(true);
  expect(isSlow('path.normalize(name)')).toBe(false);
});

it('accepts a directive only with a reason', () => {
  const regex = 'const A = /\\s+$/;';
  expect(findSlowRegexes('a.ts', `// bounded-regex: names have at most 60 characters\n${regex}`)).toEqual([]);
  expect(findSlowRegexes('a.ts', `// bounded-regex:\n${regex}`)).toHaveLength(1);
});
