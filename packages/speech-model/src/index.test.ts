import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { shippedSpeechModel } from './index.ts';

test('the model has the recorded checksum, and nothing else is shipped', () => {
  const { modelPath, sha256 } = shippedSpeechModel;
  expect(readdirSync(dirname(modelPath))).toEqual([basename(modelPath)]);
  expect(createHash('sha256').update(readFileSync(modelPath)).digest('hex')).toBe(sha256);
});
