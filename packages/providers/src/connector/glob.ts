/**
 * User-supplied globs, matched in time linear in pattern length times path length: `*`, `**`, `?`, `[a-z]`, `{a,b}` and
 * `\`. Case-insensitive, and names that start with a dot match like other names.
 */
export type Glob = (path: string) => boolean;

const MAX_LENGTH = 500;
/** Maximum number of patterns after brace expansion. */
const MAX_ALTERNATIVES = 100;

type Token = { kind: 'star' } | { kind: 'one'; matches(char: string): boolean };
/** A segment between slashes; 'globstar' matches any number of segments. */
type Segment = Token[] | 'globstar';

/** Returns why a pattern is invalid, or null if it is valid. */
export function findGlobProblem(pattern: string): string | null {
  try {
    compileGlob(pattern);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** @throws RangeError with the reason if the pattern is invalid. */
export function compileGlob(pattern: string): Glob {
  if (pattern.length > MAX_LENGTH) throw new RangeError(`Glob too long: the limit is ${MAX_LENGTH} characters.`);
  if (pattern.startsWith('!'))
    throw new RangeError(`"${pattern}": globs can't begin with "!". Use the exclude list instead.`);
  if (/[@?!+*]\(/.test(pattern)) {
    throw new RangeError(`"${pattern}": groups such as +(a) are not supported. Use *, **, ?, [a-z] or {a,b}.`);
  }
  const alternatives = expandBraces(pattern.toLowerCase()).map(toSegments);
  return (path) =>
    path !== '' && alternatives.some((segments) => matchSegments(segments, path.toLowerCase().split('/')));
}

/** "a.{b,c}" -> "a.b", "a.c". Braces without a comma are literal. */
function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = findBraces(next);
    if (!group) done.push(next);
    else {
      const { start, end, options } = group;
      for (const option of options) open.push(next.slice(0, start) + option + next.slice(end));
    }
    if (done.length + open.length > MAX_ALTERNATIVES) {
      throw new RangeError(
        `"${pattern}": the braces expand to more than ${MAX_ALTERNATIVES} globs. Use fewer alternatives.`,
      );
    }
  }
  return done;
}

/** Returns the first pair of braces with a comma at its own level. */
function findBraces(pattern: string): { start: number; end: number; options: string[] } | null {
  const levels: { start: number; commas: number[] }[] = [];
  let outer: { start: number; end: number; commas: number[] } | null = null;
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i];
    if (char === '\\') i += 1;
    else if (char === '{') levels.push({ start: i, commas: [] });
    else if (char === ',') levels.at(-1)?.commas.push(i);
    else if (char === '}') {
      const level = levels.pop();
      if (level && level.commas.length > 0) outer = { ...level, end: i + 1 };
      if (outer && levels.length === 0) break;
    }
  }
  if (!outer) return null;
  const { start, end, commas } = outer;
  const cuts = [start, ...commas, end - 1];
  return { start, end, options: cuts.slice(1).map((cut, i) => pattern.slice((cuts[i] ?? start) + 1, cut)) };
}

function toSegments(pattern: string): Segment[] {
  const parts = splitAtSlashes(pattern);
  // Matches the content of any folder, but not the folder itself.
  if (parts.at(-1) === '**' && parts.at(-2) === '*') parts.splice(-1, 0, '*');
  return parts.map((part) => (part === '**' ? 'globstar' : toTokens(part)));
}

/** Splits at slashes outside of brackets. */
function splitAtSlashes(pattern: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < pattern.length; i += 1) {
    if (pattern[i] === '\\') i += 1;
    else if (pattern[i] === '/') {
      parts.push(pattern.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, pattern.slice(start)];
}

function toTokens(part: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < part.length; i += 1) {
    const char = part[i] as string;
    const set = char === '[' ? readSet(part, i) : null;
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'one', matches: () => true });
    else if (set) {
      tokens.push(set.token);
      i = set.end;
    } else {
      if (char === '\\' && i + 1 < part.length) i += 1;
      const literal = part[i] as string;
      tokens.push({ kind: 'one', matches: (other) => other === literal });
    }
  }
  return tokens;
}

/** Parses "[a-z_]" or "[!0-9]"; null if the bracket is not closed. */
function readSet(part: string, open: number): { token: Token; end: number } | null {
  const isNegated = part[open + 1] === '!' || part[open + 1] === '^';
  const start = open + (isNegated ? 2 : 1);
  const end = part.indexOf(']', start + 1);
  if (end < 0) return null;
  const inside = part.slice(start, end);
  const ranges: [string, string][] = [];
  for (let i = 0; i < inside.length; i += 1) {
    if (inside[i] === '\\' && i + 1 < inside.length) i += 1;
    const from = inside[i] as string;
    const isRange = inside[i + 1] === '-' && i + 2 < inside.length;
    ranges.push([from, isRange ? (inside[i + 2] as string) : from]);
    if (isRange) i += 2;
  }
  const isIn = (char: string) => ranges.some(([from, to]) => char >= from && char <= to);
  return { token: { kind: 'one', matches: (char) => isIn(char) !== isNegated }, end };
}

/** Computes from the end which suffixes of the path each suffix of the pattern matches. Every pair is visited once. */
function matchSegments(segments: readonly Segment[], parts: readonly string[]): boolean {
  let rest: boolean[] = parts.map(() => false);
  rest.push(true);
  for (const segment of segments.toReversed()) {
    const current: boolean[] = [];
    for (let i = parts.length; i >= 0; i -= 1) {
      const part = parts[i];
      if (segment === 'globstar') current[i] = rest[i] === true || (part !== undefined && current[i + 1] === true);
      else current[i] = part !== undefined && rest[i + 1] === true && matchPart(segment, part);
    }
    rest = current;
  }
  return rest[0] === true;
}

function matchPart(tokens: readonly Token[], part: string): boolean {
  if (part === '') return tokens.length === 0;
  let rest: boolean[] = Array.from({ length: part.length + 1 }, (_, i) => i === part.length);
  for (const token of tokens.toReversed()) {
    const current: boolean[] = [];
    for (let i = part.length; i >= 0; i -= 1) {
      if (token.kind === 'star') current[i] = rest[i] === true || (i < part.length && current[i + 1] === true);
      else current[i] = i < part.length && rest[i + 1] === true && token.matches(part[i] as string);
    }
    rest = current;
  }
  return rest[0] === true;
}
