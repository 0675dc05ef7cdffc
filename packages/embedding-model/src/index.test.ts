import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { englishModel, multilingualModel } from './index.ts';

const modelDir = dirname(englishModel.modelPath);

test('every included file has the recorded checksum, and no file is unrecorded', () => {
  const sums = { ...englishModel.sha256, ...multilingualModel.sha256 };
  expect(readdirSync(modelDir).sort()).toEqual(Object.keys(sums).sort());
  for (const [name, expected] of Object.entries(sums)) {
    const actual = createHash('sha256')
      .update(readFileSync(join(modelDir, name)))
      .digest('hex');
    expect(actual, name).toBe(expected);
  }
});

test('the files of a model are in the same folder', () => {
  for (const path of [englishModel.vocabPath, multilingualModel.modelPath, multilingualModel.wordsPath]) {
    expect(dirname(path)).toBe(modelDir);
  }
});
