import type { ContextReport } from '@lorebox/contract/chat';
import type { FittedPrompt } from './build-prompt.ts';
import type { Material } from './material.ts';
import type { Passage } from './passage.ts';
import type { PlannedTurn } from './prepare-prompt.ts';
import type { Turn } from './turn.ts';

interface Read {
  /** Passages that the model received. */
  used: readonly Passage[];
  fitted: FittedPrompt | null;
  planned: PlannedTurn | null;
}

/** What the model received, and what was left out. */
export function reportContext(turn: Turn, material: Material, { used, fitted, planned }: Read): ContextReport {
  const historyUsed = fitted?.historyUsed ?? 0;
  return {
    window: planned?.budget.window ?? 0,
    promptTokens: fitted?.promptTokens ?? 0,
    reservedForAnswer: planned?.budget.reservedForAnswer ?? 0,
    basis: material.basis,
    documentsMatching: material.documentsMatching,
    documentsRead: new Set(used.map(({ documentId }) => documentId)).size,
    sourcesRetrieved: material.passages.length,
    sourcesUsed: used.length,
    sourcesCut: material.passages.length - used.length,
    historyMessages: turn.history.length,
    historyUsed,
    historyCut: turn.history.length - historyUsed,
  };
}
