import type { FinishReason, Usage } from '@lorebox/contract/chat';
import type { Services } from '../core.ts';
import { ListLines } from './list-lines.ts';
import type { Material } from './material.ts';
import type { Passage } from './passage.ts';
import { type PlannedTurn, preparePrompt } from './prepare-prompt.ts';
import { type ReplyOptions, type ReplyPart, streamReply } from './stream-reply.ts';

const MAX_PARTS = 100;
const PASSAGES_A_PART = 40;
/** No part starts if it would probably end later. */
const MAX_MS = 45_000;

/**
 * Answers a question for a list or a count from more passages than fit into one prompt: the model lists the items of one
 * part of the passages after the other.
 */
export async function* readInParts(
  core: Services,
  planned: PlannedTurn,
  material: Material,
  options: Omit<ReplyOptions, 'fit'>,
  signal: AbortSignal,
): AsyncGenerator<ReplyPart> {
  const lines = new ListLines();
  const started = performance.now();
  let rest: readonly Passage[] = material.passages;
  const read: Passage[] = [];
  let usage: Usage | null = null;
  let reason: FinishReason = 'stop';
  let longestMs = 0;
  for (let part = 0; part < MAX_PARTS && rest.length > 0; part += 1) {
    const partStarted = performance.now();
    if (part > 0 && partStarted - started + longestMs > MAX_MS) break;
    const own = { ...material, passages: rest.slice(0, PASSAGES_A_PART), mustRead: 0 };
    const fit = (tokens: number | null) => preparePrompt(core, planned, own, tokens, signal);
    let used: readonly Passage[] = [];
    for await (const reply of streamReply(core, planned.model, { ...options, fit }, signal)) {
      if (reply.type === 'text') yield* text(lines.push(reply.text));
      else if (reply.type === 'finish') {
        usage = addUsage(usage, reply.usage);
        if (reply.reason !== 'stop') reason = reply.reason;
      } else if (reply.type === 'prompt') {
        used = reply.fitted.used;
        // What doesn't fit is read in the next part.
        yield { ...reply, fitted: { ...reply.fitted, used: [...read, ...used], isShortened: false } };
      } else yield reply;
    }
    yield* text(lines.endPart());
    if (used.length === 0) break;
    read.push(...used);
    rest = rest.filter(({ n }) => !used.some((passage) => passage.n === n));
    longestMs = Math.max(longestMs, performance.now() - partStarted);
  }
  yield* text(lines.finish());
  yield { type: 'finish', reason, usage };
}

function* text(piece: string): Generator<ReplyPart> {
  if (piece !== '') yield { type: 'text', text: piece };
}

function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (!a || !b) return a ?? b;
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens };
}
