import type { Thinking } from '@lorebox/contract/workspace';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import type { ModelKnowledge } from '../models/model-knowledge.ts';

/** Limits of one call of a model, in tokens. */
export interface TurnBudget {
  /** Context window: of the model, or smaller if its server was seen to cut prompts. */
  window: number;
  /** Output limit. The prompt leaves this much room. */
  reservedForAnswer: number;
  maxPromptTokens: number;
  /** What the model can read within the target time for the first word. Null if there is no target. */
  maxFreshTokens: number | null;
}

export interface BudgetOptions {
  maxAnswerTokens: number;
  thinking: Thinking;
  /** 0 means no target. */
  firstTokenSeconds: number;
}

/** Share of the window that an answer may take. */
const MAX_ANSWER_SHARE = 1 / 3;
/** Extra output tokens for thinking. */
const THINKING_TOKENS: Record<Thinking, number> = { off: 0, low: 512, medium: 2048, high: 8192, default: 2048 };
/** Reading speed of a local model that has not answered yet: a small model on a few cores. */
const ASSUMED_TOKENS_PER_SECOND = 150;

export function planBudget(model: LanguageChatModel, { stats }: ModelKnowledge, options: BudgetOptions): TurnBudget {
  const thinkingTokens = model.accepts.thinking === false ? 0 : THINKING_TOKENS[options.thinking];
  const wanted = options.maxAnswerTokens + thinkingTokens;
  const limit = stats.promptLimit ?? Number.POSITIVE_INFINITY;
  const reservedForAnswer = Math.max(1, Math.min(wanted, Math.floor(model.contextWindow * MAX_ANSWER_SHARE)));
  const maxPromptTokens = Math.min(model.contextWindow - reservedForAnswer, limit);
  const speed = stats.readTokensPerSecond ?? ASSUMED_TOKENS_PER_SECOND;
  const hasTarget = model.isLocal && options.firstTokenSeconds > 0;
  return {
    window: Math.min(model.contextWindow, maxPromptTokens + reservedForAnswer),
    reservedForAnswer,
    maxPromptTokens,
    maxFreshTokens: hasTarget ? Math.floor(speed * options.firstTokenSeconds) : null,
  };
}
