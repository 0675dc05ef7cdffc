import type { Attachment } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { LanguageModel } from '@lorebox/ports/chat-model';
import { fitHistory, type HistoryMessage, MESSAGE_TOKENS } from './fit-history.ts';
import type { Passage } from './passage.ts';
import {
  DEFAULT_LAYOUT,
  orderPassages,
  type PromptLayout,
  type RuleOptions,
  renderHeader,
  renderPassage,
  renderRules,
} from './prompt-layout.ts';
import { shortenPassage } from './shorten-passage.ts';
import type { TurnBudget } from './turn-budget.ts';

export type Prompt = Parameters<LanguageModel['doStream']>[0]['prompt'];

export interface PromptParts extends RuleOptions {
  question: string;
  images: readonly Attachment[];
  /** Best first. */
  passages: readonly Passage[];
  /** Oldest first. */
  history: readonly HistoryMessage[];
  /** Number of messages of the thread before `history`. */
  historyStart: number;
  budget: TurnBudget;
  /** Estimates tokens. */
  countTokens(text: string): number;
  /** Random per prompt, so that no document can start a source. */
  fence: string;
  /** Number of leading passages to read even if that takes longer than the target, in this order. */
  mustRead?: number;
  /** What the model reads instead of a passage's text, by number. */
  promptTexts?: ReadonlyMap<number, string>;
  /** What Lorebox counted or calculated, one sentence each. */
  facts?: readonly string[];
  /** How to write the answer, if the question wants more than sentences. */
  task?: string | undefined;
  layout?: PromptLayout;
}

export interface FittedPrompt {
  prompt: Prompt;
  used: Passage[];
  /** True if passages were left out because of the target time for the first word. */
  isShortened: boolean;
  historyUsed: number;
  promptTokens: number;
  /** Tokens that the prompt before this one in the thread did not have. */
  freshTokens: number;
}

const IMAGE_TOKENS = 800;
/** Maximum share of the remaining tokens for passages. The rest is for history, which returns what it doesn't need. */
const PASSAGE_SHARE = 0.75;
/** The best passages are read even if it takes longer than the target. */
const MIN_PASSAGE_TOKENS = 300;

/**
 * Fits the prompt into the budget: instructions and question always, then passages by rank, then the newest history.
 * What doesn't fit is left out and counted here, so that the model server doesn't truncate silently.
 */
export function buildPrompt(parts: PromptParts): FittedPrompt {
  const { budget, countTokens, history, historyStart, layout = DEFAULT_LAYOUT } = parts;
  const system = renderRules(parts, layout);
  const header = parts.passages.length > 0 ? renderHeader(parts.fence, layout) : '';
  const asked =
    countTokens(header) +
    countTokens(factLine(parts)) +
    countTokens(parts.question) +
    MESSAGE_TOKENS +
    parts.images.length * IMAGE_TOKENS;
  const fixed = asked + countTokens(system) + 3 * MESSAGE_TOKENS;
  if (fixed > budget.maxPromptTokens) {
    throw new AppError(
      'CONTEXT_TOO_SMALL',
      `Context window too small: the question and the instructions take about ${fixed} tokens, but only ${budget.maxPromptTokens} are available. Shorten them, or choose a model with a larger context window.`,
    );
  }
  const room = budget.maxPromptTokens - fixed;
  const fit = (tokens: number) => fitHistory(history, historyStart, tokens, countTokens);
  const passageRoom = room - fit(room * (1 - PASSAGE_SHARE)).tokens;
  const target =
    budget.maxFreshTokens === null
      ? passageRoom
      : Math.min(passageRoom, Math.max(MIN_PASSAGE_TOKENS, budget.maxFreshTokens - asked));
  const { used, tokens: passageTokens, wasFull } = fitPassages(parts, layout, target, passageRoom);
  const kept = fit(room - passageTokens);
  return {
    prompt: toPrompt(system, kept.messages, used, parts, layout),
    used,
    isShortened: wasFull && target < passageRoom,
    historyUsed: kept.messages.length,
    promptTokens: fixed + passageTokens + kept.tokens,
    freshTokens: asked + passageTokens,
  };
}

/**
 * Takes passages by rank until `target` is reached. The best one may take all of `room`, and is shortened if it is still
 * too long.
 */
function fitPassages(
  { passages, fence, countTokens, promptTexts, mustRead = 0 }: PromptParts,
  layout: PromptLayout,
  target: number,
  room: number,
): { used: Passage[]; tokens: number; wasFull: boolean } {
  const costOf = (passage: Passage) =>
    countTokens(renderPassage(withPromptText(passage, promptTexts), null, fence, layout)) + 2;
  const [best] = passages;
  const first = best && shortenPassage(best, (passage) => costOf(passage) <= room);
  if (!first) return { used: [], tokens: 0, wasFull: passages.length > 0 };
  const used = [first];
  let tokens = costOf(first);
  for (const [i, passage] of passages.entries()) {
    if (i === 0) continue;
    const cost = costOf(passage);
    if (tokens + cost > (i < mustRead ? room : target)) break;
    tokens += cost;
    used.push(passage);
  }
  return { used, tokens, wasFull: used.length < passages.length };
}

function toPrompt(
  system: string,
  history: readonly HistoryMessage[],
  used: readonly Passage[],
  parts: PromptParts,
  layout: PromptLayout,
): Prompt {
  const { fence, images, question, promptTexts, mustRead = 0 } = parts;
  const shown = used.map((passage) => withPromptText(passage, promptTexts));
  const ordered = [...shown.slice(0, mustRead), ...orderPassages(shown.slice(mustRead), layout)];
  const rendered = ordered.map((passage, i) => renderPassage(passage, ordered[i - 1] ?? null, fence, layout));
  const passages =
    used.length > 0
      ? `${renderHeader(fence, layout)}\n\n${rendered.join('\n\n')}\n\n${factLine(parts)}Question: `
      : factLine(parts);
  const files = images.map(({ mediaType, data }) => ({
    type: 'file' as const,
    mediaType,
    data: { type: 'data' as const, data },
  }));
  return [
    { role: 'system', content: system },
    ...history.map(({ role, text }) => ({
      role,
      content: [{ type: 'text' as const, text: stripMarkers(role, text) }],
    })),
    { role: 'user', content: [{ type: 'text', text: passages + question }, ...files] },
  ];
}

function withPromptText(passage: Passage, texts: PromptParts['promptTexts']): Passage {
  const text = texts?.get(passage.n);
  return text === undefined ? passage : { ...passage, text };
}

/** What stands right before the question. */
function factLine({ facts = [], task = '' }: PromptParts): string {
  const known = facts.length === 0 ? '' : `Known for certain: ${facts.join(' ')}`;
  return [known, task].map((part) => (part === '' ? '' : `${part}\n\n`)).join('');
}

/** Citation numbers of earlier answers refer to other passages, so they are removed. */
function stripMarkers(role: 'user' | 'assistant', text: string): string {
  return role === 'assistant' ? text.replace(/\s?\[\d+\]/g, '') : text;
}

/** All text of a prompt, in order. */
export function promptText(prompt: Prompt): string {
  return prompt
    .flatMap(({ content }) =>
      typeof content === 'string' ? [content] : content.map((part) => (part.type === 'text' ? part.text : '')),
    )
    .join('\n');
}
