import { ParseFailure } from '@lorebox/ports/parser';
import { shippedSpeechModel } from '@lorebox/speech-model';
import { judge, readJudgedSet } from '@lorebox/testkit/judged-documents';
import { describe, expect, it } from 'vitest';
import { createParserPool } from './pool.ts';

describe('judged documents', () => {
  it('match their expected results', { timeout: 300_000 }, async (context) => {
    const set = readJudgedSet();
    if (typeof set === 'string') return context.skip(set);
    const pool = createParserPool({
      ocr: { languages: ['eng', 'chi_sim'], folders: [], concurrency: 2 },
      speech: { modelPath: shippedSpeechModel.modelPath, language: 'auto' },
    });
    try {
      const misses = await Promise.all(
        set.rows.map(async (row) => {
          const outcome = await pool.parse({ path: row.path, filename: row.filename }).catch((error: unknown) => {
            if (error instanceof ParseFailure) return error;
            throw error;
          });
          const miss = judge(row, outcome);
          return miss ? [`${row.file}: ${miss}`] : [];
        }),
      );
      expect(misses.flat()).toEqual([]);
      console.log(`${set.rows.length} judged documents as expected`);
    } finally {
      await pool.close();
    }
  });
});
