import { AppError } from '@lorebox/contract/errors';
import type { ServerSentEvent } from '@lorebox/openapi';
import { toChatAnnotation } from './annotations.ts';
import type { CompletionEnd, CompletionPart } from './completion-parts.ts';
import { storedIn } from './response-object.ts';

/** Fields shared by all chunks of a completion. */
export interface CompletionHead {
  id: string;
  created: number;
  model: string;
}

/** Returns the whole answer as a `chat.completion`. `origin` is the base URL for downloads of cited documents. */
export async function collectCompletion(head: CompletionHead, parts: AsyncIterable<CompletionPart>, origin: string) {
  const calls: ReturnType<typeof toToolCall>[] = [];
  let content = '';
  let reasoning = '';
  for await (const part of parts) {
    if (part.type === 'text') content += part.text;
    if (part.type === 'reasoning') reasoning += part.text;
    if (part.type === 'tool-call') calls.push(toToolCall(part));
    if (part.type !== 'end') continue;
    const message = {
      role: 'assistant',
      content: calls.length > 0 && content === '' ? null : content,
      refusal: null,
      annotations: part.citations.map((citation) => toChatAnnotation(citation, content, origin)),
      ...(reasoning !== '' && { reasoning_content: reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
    const choice = { index: 0, message, logprobs: null, finish_reason: part.finishReason };
    return { ...head, object: 'chat.completion', choices: [choice], usage: toUsage(part), ...storedIn(part) };
  }
  throw new AppError('ANSWER_INTERRUPTED');
}

export interface StreamOptions {
  includeUsage: boolean;
  toError: (error: unknown) => object;
  /** Base URL for downloads of cited documents. */
  origin: string;
}

/**
 * Returns the answer as `chat.completion.chunk` events. The last delta has the citations, and `[DONE]` ends the stream.
 */
export async function* streamCompletion(
  head: CompletionHead,
  parts: AsyncIterable<CompletionPart>,
  { includeUsage, toError, origin }: StreamOptions,
): AsyncGenerator<ServerSentEvent> {
  const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) =>
    toEvent({ ...chunkOf(head, [{ index: 0, delta, logprobs: null, finish_reason }], includeUsage), ...more });
  let calls = 0;
  let content = '';
  yield chunk({ role: 'assistant', content: '' });
  try {
    for await (const part of parts) {
      if (part.type === 'text') {
        content += part.text;
        yield chunk({ content: part.text });
      }
      if (part.type === 'reasoning') yield chunk({ reasoning_content: part.text });
      if (part.type === 'tool-call') yield chunk({ tool_calls: [{ index: calls++, ...toToolCall(part) }] });
      if (part.type !== 'end') continue;
      const annotations = part.citations.map((citation) => toChatAnnotation(citation, content, origin));
      yield chunk(annotations.length > 0 ? { annotations } : {}, part.finishReason, storedIn(part));
      if (includeUsage) yield toEvent({ ...chunkOf(head, [], true), usage: toUsage(part) });
      yield { data: '[DONE]' };
      return;
    }
  } catch (error) {
    yield toEvent(toError(error));
  }
}

/**
 * A chunk without content, as a keep-alive. SSE comments are not possible here, and clients read `choices[0]` of every
 * chunk.
 */
export function silentChunk(head: CompletionHead, includeUsage: boolean): ServerSentEvent {
  return toEvent(chunkOf(head, [{ index: 0, delta: {}, logprobs: null, finish_reason: null }], includeUsage));
}

function chunkOf(head: CompletionHead, choices: object[], includeUsage: boolean) {
  return { ...head, object: 'chat.completion.chunk', choices, ...(includeUsage && { usage: null }) };
}

function toEvent(data: object): ServerSentEvent {
  return { data: JSON.stringify(data) };
}

function toToolCall({ id, name, input }: CompletionPart & { type: 'tool-call' }) {
  return { id, type: 'function', function: { name, arguments: input } };
}

function toUsage({ inputTokens, outputTokens }: CompletionEnd) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
