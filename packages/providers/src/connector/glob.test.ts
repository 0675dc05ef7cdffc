import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { compileGlob, findGlobProblem } from './glob.ts';

const SEGMENTS = ['*', '**', '?', 'a', 'b*', '*.md', 'a?c', '[ab]', '[^a]c', 'x[a-c]', '{a,b}', '{a,b*}.md', 'A'];
const NAMES = ['a', 'b', 'c', 'ab', 'abc', 'axc', 'a.md', 'b.md', 'xa', 'cc', 'ac', '.a', 'b.x'];

function createRandom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('compileGlob', () => {
  it('matches the same paths as picomatch for ordinary patterns', () => {
    const random = createRandom(11);
    const join = (from: readonly string[]) =>
      Array.from({ length: 1 + random(4) }, () => from[random(from.length)] as string).join('/');
    for (let run = 0; run < 4000; run += 1) {
      const pattern = join(SEGMENTS);
      const path = join(NAMES);
      const expected = picomatch(pattern, { dot: true, nocase: true })(path);
      expect(compileGlob(pattern)(path), `${pattern} on ${path}`).toBe(expected);
    }
  });

  it.each([
    ['docs/**', 'docs/a/b.md', true],
    ['docs/**', 'other/a.md', false],
    ['**/*.min.js', 'a.min.js', true],
    ['**/*.min.js', 'x/y/a.min.js', true],
    ['*.{md,txt}', 'a.TXT', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a[b', 'a[b', true],
    ['{a,b/{c,d}}.md', 'b/d.md', true],
    ['**', '', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(compileGlob(pattern)(path)).toBe(expected);
  });

  it('rejects patterns that need backtracking and suggests an alternative', () => {
    expect(findGlobProblem('/+(*a*)b')).toContain('not supported');
    expect(findGlobProblem('!a')).toContain('exclude list');
    expect(findGlobProblem('{a,b}'.repeat(20))).toContain('braces');
    expect(findGlobProblem('a'.repeat(501))).toContain('500');
    expect(findGlobProblem('docs/**')).toBeNull();
  });

  it('handles any pattern on any path in linear time', () => {
    const patterns = [
      '*a'.repeat(200),
      '**/'.repeat(150),
      '?*'.repeat(200),
      '[a-z]*'.repeat(80),
      '{'.repeat(400),
      '['.repeat(400),
    ];
    for (const pattern of patterns) {
      for (const path of ['a'.repeat(4000), 'a/'.repeat(2000), '/'.repeat(4000)]) compileGlob(pattern)(path);
    }
  });
});
