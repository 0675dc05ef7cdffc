import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import type { Security, Services } from '../core.ts';
import { getModelKnowledge, type ModelKnowledge } from '../models/model-knowledge.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { estimateByScript, estimateTokens } from '../text/estimate-tokens.ts';
import { learnTokenFactors } from '../text/learn-token-factors.ts';
import { buildPrompt, type FittedPrompt, promptText } from './build-prompt.ts';
import { expandPassages } from './expand-passages.ts';
import { focusPassage } from './focus-passage.ts';
import type { Material } from './material.ts';
import type { Passage } from './passage.ts';
import type { Turn } from './turn.ts';
import { planBudget, type TurnBudget } from './turn-budget.ts';

/** 8 letters with 4 random bits each, so that a document can't guess the fence. */
const FENCE_LENGTH = 8;

/** With more tokens to read, passages are complete. */
const FOCUS_BELOW_TOKENS = 3000;
/** Passages that a slow model reads. */
const FOCUSED_PASSAGES = 4;
const MIN_FOCUS_LENGTH = 400;
const CHARACTERS_PER_TOKEN = 3;

/** A model with the limits of this turn. */
export interface PlannedTurn {
  turn: Turn;
  model: LanguageChatModel;
  knowledge: ModelKnowledge;
  budget: TurnBudget;
}

export async function planTurn(core: Services, turn: Turn, model: LanguageChatModel): Promise<PlannedTurn> {
  const [knowledge, settings] = await Promise.all([getModelKnowledge(core, model), currentSettings(core)]);
  const budget = planBudget(model, knowledge, {
    maxAnswerTokens: turn.maxAnswerTokens ?? settings.maxAnswerTokens,
    thinking: turn.thinking,
    firstTokenSeconds: settings.firstTokenSeconds,
  });
  return { turn, model, knowledge, budget };
}

/**
 * Builds a prompt that fits the budget. If the model has a tokenizer, the estimate is corrected by its count. Fills the
 * rest with text around the passages if the workspace is configured so.
 */
export async function preparePrompt(
  core: Services,
  planned: PlannedTurn,
  material: Material,
  maxPromptTokens: number | null,
  signal: AbortSignal,
): Promise<FittedPrompt> {
  const budget =
    maxPromptTokens === null
      ? planned.budget
      : { ...planned.budget, maxPromptTokens: Math.min(planned.budget.maxPromptTokens, maxPromptTokens) };
  const fence = makeFence(core.security);
  const passages = focusPassages(planned, material);
  const fit = (knowledge: ModelKnowledge, passages: readonly Passage[]) =>
    fitPrompt({ ...planned, knowledge, budget }, material, passages, fence);
  const estimated = fit(planned.knowledge, passages);
  const knowledge = await calibrate(planned, estimated, signal);
  const fitted = knowledge === planned.knowledge ? estimated : fit(knowledge, passages);
  if (!planned.turn.workspace.expandSources || material.mustRead > 0) return fitted;
  const room = Math.min(
    budget.maxPromptTokens - fitted.promptTokens,
    (budget.maxFreshTokens ?? Number.POSITIVE_INFINITY) - fitted.freshTokens,
  );
  const countTokens = (text: string) => estimateTokens(text, knowledge.profile);
  const wider = fit(knowledge, await expandPassages(core.stores.documents, fitted.used, room, countTokens));
  // Token estimates of parts and of the whole differ slightly, so the expanded prompt is used only if it keeps all
  // passages.
  return wider.used.length === fitted.used.length ? wider : fitted;
}

/** A model that reads slowly gets the best sentences of several passages instead of one long passage. */
function focusPassages({ turn, budget }: PlannedTurn, { passages, mustRead }: Material): readonly Passage[] {
  if (budget.maxFreshTokens === null || budget.maxFreshTokens >= FOCUS_BELOW_TOKENS) return passages;
  const maxLength = Math.max(MIN_FOCUS_LENGTH, (budget.maxFreshTokens / FOCUSED_PASSAGES) * CHARACTERS_PER_TOKEN);
  return passages.map((passage, i) => (i < mustRead ? passage : focusPassage(passage, turn.question, maxLength)));
}

function fitPrompt(
  { turn, knowledge, budget }: PlannedTurn,
  material: Material,
  passages: readonly Passage[],
  fence: string,
): FittedPrompt {
  const { mode, question, images, history, historyStart } = turn;
  const { instructions, refusalText } = turn.workspace;
  return buildPrompt({
    fence,
    instructions,
    refusalText,
    mode,
    question,
    images,
    history,
    historyStart,
    passages,
    budget,
    countTokens: (text) => estimateTokens(text, knowledge.profile),
    mustRead: material.mustRead,
    promptTexts: material.promptTexts,
    facts: material.facts,
    task: taskFor(material),
  });
}

/** Overrides the rule that answers are a few sentences. A number from a part of the documents is counted by Lorebox. */
function taskFor({ itemsWanted, mustStatePart }: Material): string | undefined {
  const isList = itemsWanted === 'list' || (itemsWanted === 'count' && mustStatePart);
  return isList
    ? 'List all items that the question asks for, each on a line of its own that starts with "- ".'
    : undefined;
}

/** Counts the prompt with the tokenizer of the model. Returns the same knowledge if there is none, or if it fails. */
async function calibrate(
  { model, knowledge }: PlannedTurn,
  { prompt }: FittedPrompt,
  signal: AbortSignal,
): Promise<ModelKnowledge> {
  if (model.countTokens === null) return knowledge;
  const text = promptText(prompt);
  try {
    const [count = 0] = await model.countTokens([text], signal);
    const { profile } = knowledge;
    const factors = learnTokenFactors(profile.factors, estimateByScript(text, profile), count);
    return { ...knowledge, profile: { ...profile, factors } };
  } catch {
    signal.throwIfAborted();
    return knowledge;
  }
}

/** Only letters, so that all fences have the same number of tokens. */
function makeFence({ secrets }: Security): string {
  const hex = secrets.digest(secrets.createToken()).slice(0, FENCE_LENGTH);
  return [...hex].map((digit) => String.fromCharCode(0x61 + Number.parseInt(digit, 16))).join('');
}
