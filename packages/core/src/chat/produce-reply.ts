import type { Services } from '../core.ts';
import { tableAnswer } from '../tables/table-answer.ts';
import { extractiveAnswer } from './extractive-answer.ts';
import type { Material } from './material.ts';
import { overviewAnswer } from './overview-answer.ts';
import { type PlannedTurn, preparePrompt } from './prepare-prompt.ts';
import { quoteTranslated } from './quote-translated.ts';
import { readInParts } from './read-in-parts.ts';
import { type ReplyPart, streamReply } from './stream-reply.ts';
import type { Turn } from './turn.ts';

/** Small models wander at higher temperatures. */
const LOCAL_TEMPERATURE = 0.1;
const REASONING = { off: 'none', low: 'low', medium: 'medium', high: 'high', default: 'provider-default' } as const;

function quoteMaterial({ question }: Turn, material: Material, reason: string | null): string | null {
  if (material.mustRead === 0 || material.documentsMatching === null) {
    return extractiveAnswer(question, material.passages, reason) ?? quoteTranslated(question, material, reason);
  }
  if (material.basis === 'tables') return tableAnswer(material, reason);
  return overviewAnswer(material, reason);
}

/** Who answers. */
export interface Producer {
  /** Null if no model does. */
  planned: PlannedTurn | null;
  /** Why no model answers. Null if none is configured. */
  reason: string | null;
}

/** Yields the parts of the answer: the refusal text, quotes, or the stream of the model. */
export async function* produceReply(
  core: Services,
  turn: Turn,
  material: Material,
  { planned, reason }: Producer,
  signal: AbortSignal,
): AsyncGenerator<ReplyPart> {
  const quoted = planned ? null : quoteMaterial(turn, material, reason);
  const hasNothing = planned ? material.passages.length === 0 && turn.mode === 'query' : quoted === null;
  const usage = { inputTokens: 0, outputTokens: 0 };
  if (hasNothing) {
    yield { type: 'text', text: turn.workspace.refusalText };
    yield { type: 'finish', reason: 'refused', usage };
  } else if (!planned) {
    yield { type: 'text', text: quoted ?? '' };
    yield { type: 'finish', reason: 'stop', usage };
  } else {
    const { knowledge, budget } = planned;
    const temperature = turn.workspace.temperature ?? (planned.model.isLocal ? LOCAL_TEMPERATURE : undefined);
    const call = { temperature, reasoning: REASONING[turn.thinking], responseFormat: turn.responseFormat };
    const options = { call, maxOutputTokens: budget.reservedForAnswer, knowledge };
    if (material.mustStatePart && !turn.responseFormat) {
      yield* readInParts(core, planned, material, options, signal);
      return;
    }
    const fit = (tokens: number | null) => preparePrompt(core, planned, material, tokens, signal);
    yield* streamReply(core, planned.model, { ...options, fit }, signal);
  }
}
