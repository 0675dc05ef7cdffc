import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import type { ModelStats } from '@lorebox/ports/model-stats-store';
import type { Services } from '../core.ts';
import {
  estimateByScript,
  NEUTRAL_FACTORS,
  SCRIPT_GROUPS,
  type TokenProfile,
  tokenizerFamilyOf,
} from '../text/estimate-tokens.ts';
import { learnTokenFactors } from '../text/learn-token-factors.ts';

/** What is known about a model: its tokenizer, and the counts and times of earlier answers. */
export interface ModelKnowledge {
  profile: TokenProfile;
  stats: ModelStats;
}

/** One call of a model and what the server reported. */
export interface Observation {
  /** All text of the prompt. */
  promptText: string;
  /** Tokens of the prompt that were not part of the prompt before it, so that no cache has them. */
  freshTokens: number;
  /** Count of the server. Null if it reports none. */
  inputTokens: number | null;
  msToFirstPart: number | null;
}

/** A learned limit expires, because the server may have been restarted with a larger window. */
const LIMIT_AGE_MS = 24 * 3_600_000;
/** Less text is read too quickly to measure the speed. */
const MIN_FRESH_TOKENS = 150;
/** A server that reports a smaller share of the estimate has cut the prompt. Estimates of unknown tokenizers vary more. */
const CUT_SHARE = { known: 0.6, unknown: 0.45 } as const;
/** Share of the newest measurement in the speed. */
const SPEED_WEIGHT = 0.5;
/** Context windows that servers are started with. */
const WINDOW_STEPS = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072] as const;

export async function getModelKnowledge(core: Services, model: LanguageChatModel): Promise<ModelKnowledge> {
  const now = core.clock.now();
  const stored = await core.stores.modelStats.get(model.id);
  const stats = stored ?? newStats(model.id, now);
  const isExpired = stats.promptLimitAt !== null && now - stats.promptLimitAt.getTime() > LIMIT_AGE_MS;
  const profile = { family: tokenizerFamilyOf(model.id), factors: stats.tokenFactors };
  return { profile, stats: isExpired ? { ...stats, promptLimit: null, promptLimitAt: null } : stats };
}

function newStats(modelId: string, now: number): ModelStats {
  return {
    modelId,
    tokenFactors: NEUTRAL_FACTORS,
    longestPrompt: 0,
    promptLimit: null,
    promptLimitAt: null,
    readTokensPerSecond: null,
    updatedAt: new Date(now),
  };
}

/** Tokens of a prompt that the server certainly reads completely: the window that earlier prompts have shown. */
export function provenWindow({ stats }: ModelKnowledge): number {
  return WINDOW_STEPS.find((step) => step > stats.longestPrompt) ?? stats.longestPrompt;
}

/** Whether the server must have cut the prompt, by the count that it reports. */
export function hasCutPrompt(
  model: LanguageChatModel,
  { profile, stats }: ModelKnowledge,
  estimatedTokens: number,
  inputTokens: number | null,
): boolean {
  if (model.reportsTruncation || inputTokens === null) return false;
  const isKnown = profile.family !== null || stats.longestPrompt > 0;
  return inputTokens < estimatedTokens * (isKnown ? CUT_SHARE.known : CUT_SHARE.unknown);
}

/** Stores a prompt limit after the server cut a prompt to `inputTokens`. */
export async function learnPromptLimit(
  core: Services,
  knowledge: ModelKnowledge,
  inputTokens: number,
): Promise<ModelKnowledge> {
  const at = new Date(core.clock.now());
  const limit = { promptLimit: inputTokens, promptLimitAt: at, longestPrompt: inputTokens };
  const stats = { ...knowledge.stats, ...limit, updatedAt: at };
  await core.stores.modelStats.put(stats);
  return { ...knowledge, stats };
}

/** Learns from a prompt that the server has read completely. */
export async function learnFromAnswer(
  core: Services,
  { profile, stats }: ModelKnowledge,
  { promptText, freshTokens, inputTokens, msToFirstPart }: Observation,
): Promise<void> {
  const tokenFactors =
    inputTokens === null
      ? stats.tokenFactors
      : learnTokenFactors(stats.tokenFactors, estimateByScript(promptText, profile), inputTokens);
  const speed = msToFirstPart === null || freshTokens < MIN_FRESH_TOKENS ? null : freshTokens / (msToFirstPart / 1000);
  const known = stats.readTokensPerSecond;
  const next: ModelStats = {
    ...stats,
    tokenFactors,
    longestPrompt: Math.max(stats.longestPrompt, inputTokens ?? 0),
    readTokensPerSecond:
      speed === null ? known : known === null ? speed : known * (1 - SPEED_WEIGHT) + speed * SPEED_WEIGHT,
    updatedAt: new Date(core.clock.now()),
  };
  if (hasChanged(stats, next)) await core.stores.modelStats.put(next);
}

/** Differences under 2 % are not worth a write. */
function hasChanged(before: ModelStats, after: ModelStats): boolean {
  const differs = (a: number | null, b: number | null) =>
    a !== b && Math.abs((a ?? 0) - (b ?? 0)) > 0.02 * Math.abs(b ?? 0);
  return (
    SCRIPT_GROUPS.some((group) => differs(before.tokenFactors[group], after.tokenFactors[group])) ||
    differs(before.longestPrompt, after.longestPrompt) ||
    differs(before.readTokensPerSecond, after.readTokensPerSecond)
  );
}
