import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedModel } from './index.ts';

const modelDir = dirname(shippedModel.modelPath);

test('every shipped file has the recorded checksum, and no file is unrecorded', () => {
  expect(readdirSync(modelDir).sort()).toEqual(Object.keys(shippedModel.sha256).sort());
  for (const [name, expected] of Object.entries(shippedModel.sha256)) {
    const actual = createHash('sha256')
      .update(readFileSync(join(modelDir, name)))
      .digest('hex');
    expect(actual, name).toBe(expected);
  }
});

test('model and vocabulary are in the same folder', () => {
  expect(dirname(shippedModel.vocabPath)).toBe(modelDir);
  expect(basename(shippedModel.vocabPath)).toBe('vocab.txt');
});
