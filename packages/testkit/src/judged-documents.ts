import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One row of a judged set's manifest.jsonl: a file and its expected outcome. */
export interface JudgedDocument {
  /** Relative to the manifest. */
  file: string;
  /** no-crash: any outcome · text-or-error: the text if there is one. */
  expect: 'text' | 'empty' | 'error' | 'no-crash' | 'text-or-error';
  /** "ocr", "ocr:LANGUAGE": requires OCR. "stt:...": requires speech recognition. */
  needs: string | null;
  /** Phrases that the text must contain; "a|b" accepts either form. */
  mustContain: string[];
}

export interface JudgedSet {
  rows: (JudgedDocument & { path: string; filename: string })[];
}

/** Outcome of a document: its text, or the reason for its failure. */
export type JudgedOutcome = { text: string } | { reason: string; message: string };

const DEFAULT_DATA = join(import.meta.dirname, '../../../../shared/data');

/** Reads the set at LOREBOX_TEST_DATA, or next to the repository. Returns a string if something is missing. */
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

/** Returns undefined if the outcome is as expected, or else what is wrong with it. */
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

/** Removes differences that are not parser errors: case, white space, soft hyphens and direction marks. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ');
}
