import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkSupport } from '@lorebox/core/chat/check-support';
import type { Passage } from '@lorebox/core/chat/passage';
import type { Embedder } from '@lorebox/ports/embedder';

export const SUPPORT_KINDS = ['supported', 'number', 'negated', 'swapped', 'unsupported'] as const;
/** What a sentence is in relation to its passage: supported, or how it differs. */
export type SupportKind = (typeof SUPPORT_KINDS)[number];

/** A passage and sentences about it. Passages with an odd id are for tuning, those with an even id are held out. */
interface JudgedPassage {
  id: number;
  language: string;
  domain: string;
  passage: string;
  sentences: { kind: SupportKind; text: string }[];
}

export interface SupportVerdict {
  id: number;
  language: string;
  kind: SupportKind;
  text: string;
  isHeldOut: boolean;
  /** The check found the sentence unsupported. */
  isFlagged: boolean;
}

/** Precision and recall of one kind. Null if nothing was found. */
export interface SupportScore {
  precision: number | null;
  recall: number;
  count: number;
}

/** Makes every text dissimilar, so that only the words decide. */
const DISSIMILAR: Embedder = {
  modelId: 'none',
  dimension: 512,
  maxTokens: 512,
  countTokens: (text) => text.length,
  coverage: () => 1,
  embed: async (texts) => texts.map((_, i) => new Float32Array(512).fill(0).fill(1, i, i + 1)),
  close: async () => {},
};

export function readJudgedPassages(): JudgedPassage[] {
  const lines = readFileSync(join(import.meta.dirname, 'fixtures/support-pairs.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as JudgedPassage);
}

/** Checks each judged sentence against its passage. No vectors are used, so the result is the same everywhere. */
export async function judgeSupport(): Promise<SupportVerdict[]> {
  const verdicts: SupportVerdict[] = [];
  for (const { id, language, passage, sentences } of readJudgedPassages()) {
    for (const { kind, text } of sentences) {
      const unsupported = await checkSupport(`${text} [1]`, [toSource(passage)], DISSIMILAR);
      verdicts.push({ id, language, kind, text, isHeldOut: id % 2 === 0, isFlagged: unsupported.length > 0 });
    }
  }
  return verdicts;
}

/**
 * For "supported", the share of accepted sentences that are supported, and of supported sentences that are accepted.
 * For other kinds, the same for flagged sentences, where only supported sentences count as wrongly flagged.
 */
export function scoreSupport(verdicts: readonly SupportVerdict[], kind: SupportKind): SupportScore {
  const isFound = ({ isFlagged }: SupportVerdict) => isFlagged === (kind !== 'supported');
  const ofKind = verdicts.filter((verdict) => verdict.kind === kind);
  const others = verdicts.filter((verdict) => (kind === 'supported') !== (verdict.kind === 'supported'));
  const hits = ofKind.filter(isFound).length;
  const found = hits + others.filter(isFound).length;
  return {
    precision: found === 0 ? null : hits / found,
    recall: ofKind.length === 0 ? 0 : hits / ofKind.length,
    count: ofKind.length,
  };
}

export function toSource(text: string, n = 1): Passage {
  return {
    n,
    chunkId: `doc_${n}.0`,
    documentId: `doc_${n}`,
    externalId: null,
    title: `Document ${n}`,
    filename: `document-${n}.txt`,
    page: null,
    startTime: null,
    endTime: null,
    section: null,
    start: 0,
    end: text.length,
    text,
    score: 1,
  };
}
