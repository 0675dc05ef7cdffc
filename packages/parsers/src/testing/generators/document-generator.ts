import type { ParsedDocument } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { parseBytes } from '../../parse-file.ts';

/** A document made from a seed, with what its text must contain. */
export interface GeneratedDocument {
  filename: string;
  bytes: Uint8Array;
  /** Words that occur once in the source. Each must be in a block that is searched, or in a warning. */
  tokens: string[];
  /** Everything else the source says, including words the parser adds on purpose. Absent: added words aren't checked. */
  otherText?: string;
  /** Returns what is wrong beyond words: a value in the wrong column, a wrong order. */
  check?(document: ParsedDocument): string[];
}

/** Returns the same document for the same sequence of random numbers from 0 to 1. */
export type DocumentGenerator = (random: () => number) => GeneratedDocument | Promise<GeneratedDocument>;

export interface GeneratorResult {
  seed: number;
  filename: string;
  tokens: number;
  lost: string[];
  invented: string[];
  /** Results of `check`, or the failure of the parse. */
  faults: string[];
}

/** Makes random numbers from 0 to 1 from a seed. */
export type CreateRandom = (seed: number) => () => number;

/** Parses the document of one seed and compares its words with the source. */
export async function runGenerator(
  make: DocumentGenerator,
  seed: number,
  createRandom: CreateRandom,
): Promise<GeneratorResult> {
  const source = await make(createRandom(seed));
  const result = { seed, filename: source.filename, tokens: source.tokens.length };
  let document: ParsedDocument;
  try {
    document = await parseBytes(source.bytes, source.filename);
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error;
    return { ...result, lost: source.tokens, invented: [], faults: [`${error.reason}: ${error.message}`] };
  }
  const searched = document.blocks
    .filter(({ excluded }) => excluded === undefined)
    .map(({ start, end }) => document.text.slice(start, end));
  const found = [...searched, ...document.warnings].join('\n');
  return {
    ...result,
    lost: source.tokens.filter((token) => !found.includes(token)),
    invented: listInvented(document.text, source),
    faults: source.check?.(document) ?? [],
  };
}

/** Runs seeds 1, 2, 3 ... and returns those with a lost or invented word, or a fault. `LOREBOX_TEST_SEEDS` sets how many. */
export async function findFaults(
  make: DocumentGenerator,
  createRandom: CreateRandom,
  seeds = 5,
): Promise<GeneratorResult[]> {
  const count = Number(process.env.LOREBOX_TEST_SEEDS ?? seeds);
  const faulty: GeneratorResult[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const result = await runGenerator(make, seed, createRandom);
    if (result.lost.length + result.invented.length + result.faults.length > 0) faulty.push(result);
  }
  return faulty;
}

const WORD = /[\p{L}\p{N}]+(?:[.,:/-][\p{L}\p{N}]+)*/gu;

function listInvented(text: string, { tokens, otherText }: GeneratedDocument): string[] {
  if (otherText === undefined) return [];
  const known = new Set([...tokens, ...(otherText.match(WORD) ?? [])]);
  return [...new Set(text.match(WORD) ?? [])].filter((word) => !known.has(word));
}

/** Returns a function that makes words that occur nowhere else, such as "k7qb100". */
export function createTokens(random: () => number): () => string {
  const letters = 'bcdfghjkmnpqrstvwxz';
  const pick = () => letters[Math.floor(random() * letters.length)];
  const prefix = `${pick()}${Math.floor(random() * 10)}${pick()}`;
  let next = 0;
  return () => `${prefix}${pick()}${100 + next++}`;
}

/** Returns an integer from `from` to `to`, both included. */
export function pickInteger(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

export function pickOne<Value>(random: () => number, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}
