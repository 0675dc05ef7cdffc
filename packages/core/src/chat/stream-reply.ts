import type { AnswerNotice, FinishReason, Usage } from '@lorebox/contract/chat';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import {
  hasCutPrompt,
  learnFromAnswer,
  learnPromptLimit,
  type ModelKnowledge,
  provenWindow,
} from '../models/model-knowledge.ts';
import { type FittedPrompt, promptText } from './build-prompt.ts';
import { RepetitionGuard } from './repetition-guard.ts';
import { type ModelCall, streamModel } from './stream-model.ts';

export type ReplyPart =
  | { type: 'text' | 'reasoning'; text: string }
  | { type: 'notice'; notice: AnswerNotice }
  /** The prompt that is sent now, and how long the model is expected to read it. */
  | { type: 'prompt'; fitted: FittedPrompt; expectedMs: number | null }
  | { type: 'finish'; reason: FinishReason; usage: Usage | null };

export interface ReplyOptions {
  call: Omit<ModelCall, 'prompt' | 'maxOutputTokens'>;
  maxOutputTokens: number;
  knowledge: ModelKnowledge;
  /** Builds a prompt of at most this many tokens; null for the budget of the turn. */
  fit(maxPromptTokens: number | null): Promise<FittedPrompt>;
}

/** After a refusal, the prompt is shortened to this share. */
const RETRY_SHARE = 0.6;
/** Minimum share of a cut prompt's limit that is left out, because tokens are estimated. */
const LIMIT_MARGIN = 0.9;

/**
 * Streams the reply of a model to a prompt. Stops it when it repeats itself. If the server refuses the prompt as too
 * long, or is seen to cut it, the call is repeated once with a shorter prompt, before any text is shown.
 */
export async function* streamReply(
  core: Services,
  model: LanguageChatModel,
  options: ReplyOptions,
  signal: AbortSignal,
): AsyncGenerator<ReplyPart> {
  const first = await options.fit(null);
  const retry = yield* callOnce(core, model, options, first, { isLast: false }, signal);
  if (retry === null) return;
  yield { type: 'notice', notice: retry.notice };
  const knowledge = retry.knowledge ?? options.knowledge;
  const shorter = await options.fit(Math.floor(retry.maxPromptTokens));
  yield* callOnce(core, model, { ...options, knowledge }, shorter, { isLast: true }, signal);
}

interface Retry {
  maxPromptTokens: number;
  notice: AnswerNotice;
  knowledge: ModelKnowledge | null;
}

/** Returns what to change if the call has to be repeated; null if the reply is complete. */
async function* callOnce(
  core: Services,
  model: LanguageChatModel,
  { call, maxOutputTokens, knowledge }: ReplyOptions,
  fitted: FittedPrompt,
  { isLast }: { isLast: boolean },
  signal: AbortSignal,
): AsyncGenerator<ReplyPart, Retry | null> {
  yield { type: 'prompt', fitted, expectedMs: expectedMs(knowledge, fitted) };
  // A server that may cut prompts shows it only at the end, so the reply to a longer prompt than any before is held back.
  const isHeld = !isLast && !model.reportsTruncation && fitted.promptTokens > provenWindow(knowledge);
  const held: ReplyPart[] = [];
  const started = performance.now();
  let msToFirstPart: number | null = null;
  const guard = new RepetitionGuard();
  let hasText = false;
  const parts = streamModel(model, { ...call, prompt: fitted.prompt, maxOutputTokens }, signal);
  try {
    for await (const part of parts) {
      msToFirstPart ??= performance.now() - started;
      if (part.type === 'finish') {
        const inputTokens = part.usage?.inputTokens ?? null;
        if (inputTokens !== null && hasCutPrompt(model, knowledge, fitted.promptTokens, inputTokens)) {
          const learned = await learnPromptLimit(core, knowledge, inputTokens);
          const notice = cutNotice(fitted.promptTokens, inputTokens, isHeld);
          if (isHeld) return { maxPromptTokens: inputTokens * LIMIT_MARGIN, notice, knowledge: learned };
          yield { type: 'notice', notice };
        } else {
          const { freshTokens } = fitted;
          const observation = { promptText: promptText(fitted.prompt), freshTokens, inputTokens, msToFirstPart };
          await learnFromAnswer(core, knowledge, observation);
        }
        yield* held;
        yield { type: 'finish', reason: part.reason === 'tool-calls' ? 'other' : part.reason, usage: part.usage };
        return null;
      }
      if (part.type === 'tool-call') continue;
      hasText = true;
      if (isHeld) held.push(part);
      else yield part;
      if (!guard.push(part.text)) continue;
      yield* held;
      yield { type: 'finish', reason: 'repetition', usage: null };
      return null;
    }
  } catch (error) {
    signal.throwIfAborted();
    const isTooLong = isAppError(error) && error.code === 'CONTEXT_TOO_SMALL';
    if (!isTooLong || hasText || isLast) throw error;
    return { maxPromptTokens: fitted.promptTokens * RETRY_SHARE, notice: refusedNotice(), knowledge: null };
  }
  throw new AppError('MODEL_FAILED', 'The model stopped in the middle of the answer. Ask again.');
}

function expectedMs({ stats }: ModelKnowledge, { freshTokens }: FittedPrompt): number | null {
  const speed = stats.readTokensPerSecond;
  return speed === null ? null : Math.round((freshTokens / speed) * 1000);
}

function cutNotice(estimated: number, received: number, isRepeated: boolean): AnswerNotice {
  const what = `The model server cut the prompt from about ${estimated} to ${received} tokens without an error.`;
  const now = isRepeated
    ? 'The question was asked again with fewer sources.'
    : 'The answer may ignore some sources. Later questions use shorter prompts.';
  const next = 'Raise the context window in the settings of the model server, or lower LOREBOX_CONTEXT_WINDOW.';
  return { code: 'prompt-cut', message: `${what} ${now} ${next}` };
}

function refusedNotice(): AnswerNotice {
  const message =
    'The model server refused the prompt as too long, so the question was asked again with fewer sources. Choose a smaller LOREBOX_CONTEXT_WINDOW, or a larger one on the server.';
  return { code: 'prompt-cut', message };
}
