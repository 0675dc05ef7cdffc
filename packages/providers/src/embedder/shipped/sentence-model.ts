import { readFileSync } from 'node:fs';
import { englishModel, multilingualModel } from '@lorebox/embedding-model';
import { createUnigram } from './unigram.ts';
import { readVocabulary } from './word-file.ts';
import { createWordPiece } from './wordpiece.ts';

/** The included models. */
export type ModelName = 'english' | 'multilingual';

export const includedModels = { english: englishModel, multilingual: multilingualModel } as const;

export interface Tokenizer {
  /** Returns the IDs of the pieces between the special ones, truncated to `maxTokens` in total. */
  encode(text: string, maxTokens: number): number[];
  /** Number of pieces, without the special ones. */
  count(text: string): number;
  /** Share (0..1) of `text` that the vocabulary covers. */
  coverage(text: string): number;
}

export function loadTokenizer(name: ModelName): Tokenizer {
  return name === 'english'
    ? createWordPiece(readFileSync(englishModel.vocabPath, 'utf8'))
    : createUnigram(readVocabulary(multilingualModel.wordsPath));
}

export type TextKind = 'query' | 'passage';

/** A loaded model. */
export interface SentenceModel {
  /** Returns one vector per row of IDs, concatenated, not normalized. */
  run(rows: readonly (readonly number[])[], kind: TextKind): Promise<Float32Array>;
  release(): Promise<void>;
}
