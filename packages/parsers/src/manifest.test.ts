import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ParsedDocument } from '@lorebox/ports/parser';
import { ParseFailure } from '@lorebox/ports/parser';
import { describe, expect, it } from 'vitest';
import { createParserPool } from './pool.ts';

interface JudgedDocument {
  file: string;
  expect: 'text' | 'empty' | 'error' | 'no-crash' | 'text-or-error';
  needs: string | null;
  mustContain: string[];
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const data = process.env.LOREBOX_SHARED_DATA ?? resolve(root, 'shared/data');
const folder = existsSync(join(data, 'manifest.jsonl')) ? data : join(data, 'docs');
const list = join(folder, 'manifest.jsonl');

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ');
}

function judge(row: JudgedDocument, result: ParsedDocument | ParseFailure): string | undefined {
  const reason = result instanceof ParseFailure ? result.reason : undefined;
  if (row.needs) return reason === 'needs-ocr' || reason === 'needs-transcription' ? undefined : `reason ${reason}`;
  if (row.expect === 'empty') return reason === 'empty' ? undefined : `reason ${reason}`;
  if (row.expect === 'error') return reason ? undefined : 'no failure';
  if (row.expect === 'no-crash' || (row.expect === 'text-or-error' && reason)) return undefined;
  if (result instanceof ParseFailure) return `${reason}: ${result.message}`;
  const text = fold(result.text);
  const missing = row.mustContain.filter((phrase) => !phrase.split('|').some((form) => text.includes(fold(form))));
  return missing.length === 0 ? undefined : `missing ${missing.join('; ')}`;
}

describe('judged documents', () => {
  it('gives what is expected of every one', { timeout: 180_000 }, async (context) => {
    if (!existsSync(list)) {
      context.skip(`no judged documents: ${list} is missing (set LOREBOX_SHARED_DATA to their folder)`);
    }
    const rows = readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map((line): JudgedDocument => JSON.parse(line));
    const pool = createParserPool();
    try {
      const misses = await Promise.all(
        rows.map(async (row) => {
          const request = { path: join(folder, row.file), filename: basename(row.file) };
          const result = await pool.parse(request).catch((error: unknown) => {
            if (error instanceof ParseFailure) return error;
            throw error;
          });
          const miss = judge(row, result);
          return miss ? [`${row.file}: ${miss}`] : [];
        }),
      );
      expect(misses.flat()).toEqual([]);
      console.log(`${rows.length} judged documents as expected`);
    } finally {
      await pool.close();
    }
  });
});
