import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One row of a judged set's manifest.jsonl: a file, and what has to become of it. */
export interface JudgedDocument {
  /** Relative to the manifest. */
  file: string;
  /** no-crash: whatever it ends as · text-or-error: the text if there is one. */
  expect: 'text' | 'empty' | 'error' | 'no-crash' | 'text-or-error';
  /** "ocr", "ocr:LANGUAGE": recognition has to be on. "stt:...": speech has to be on. */
  needs: string | null;
  /** Phrases of the text; "a|b" is met by either form. */
  mustContain: string[];
}

export interface JudgedSet {
  rows: (JudgedDocument & { path: string; filename: string })[];
}

/** What a document became: its text, or the reason of its failure. */
export type JudgedOutcome = { text: string } | { reason: string; message: string };

const DEFAULT_DATA = join(import.meta.dirname, '../../../../shared/data');

/** The set under LOREBOX_TEST_DATA, or beside the repository; a string says what is missing. */
export function readJudgedSet(): JudgedSet | string {
  const data = process.env.LOREBOX_TEST_DATA ?? DEFAULT_DATA;
  const folder = existsSync(join(data, 'manifest.jsonl')) ? data : join(data, 'docs');
  const list = join(folder, 'manifest.jsonl');
  if (!existsSync(list)) {
    return `no judged documents: ${list} is missing (set LOREBOX_TEST_DATA to their folder)`;
  }
  const lines = readFileSync(list, 'utf8').trim().split('\n');
  const rows = lines.map((line) => {
    const row = JSON.parse(line) as JudgedDocument;
    return { ...row, path: join(folder, row.file), filename: basename(row.file) };
  });
  return { rows };
}

/** Undefined when the outcome is the expected one, else what is wrong with it. */
export function judge(row: JudgedDocument, outcome: JudgedOutcome): string | undefined {
  const failure = 'reason' in outcome ? outcome : undefined;
  const reason = failure?.reason;
  if (row.expect === 'empty') return reason === 'empty' ? undefined : `reason ${reason}`;
  if (row.expect === 'error') return reason ? undefined : 'no failure';
  if (row.expect === 'no-crash' || (row.expect === 'text-or-error' && reason)) return undefined;
  if (failure) return `${failure.reason}: ${failure.message}`;
  const text = fold('text' in outcome ? outcome.text : '');
  const missing = row.mustContain.filter((phrase) => !phrase.split('|').some((form) => text.includes(fold(form))));
  return missing.length === 0 ? undefined : `missing ${missing.join('; ')}`;
}

/** Case, white space, soft hyphens and marks of direction are no fault of a parser. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ');
}
