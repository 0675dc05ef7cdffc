import type { CompletionEnd } from './completion-parts.ts';
import type { ResponseRequest } from './response-request.ts';

/** An output item of a response. It grows during streaming. */
export type OutputItem =
  | { type: 'reasoning'; id: string; summary: SummaryText[] }
  | { type: 'message'; id: string; role: 'assistant'; status: ItemStatus; content: OutputText[] }
  | { type: 'function_call'; id: string; status: ItemStatus; call_id: string; name: string; arguments: string };

type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

interface SummaryText {
  type: 'summary_text';
  text: string;
}

export interface OutputText {
  type: 'output_text';
  text: string;
  annotations: object[];
  logprobs: [];
}

export interface ResponseHead {
  id: string;
  createdAt: number;
  request: ResponseRequest;
}

export interface ResponseState {
  status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  output: readonly OutputItem[];
  end?: CompletionEnd;
  error?: { code: string; message: string };
}

/** Returns the OpenAI response object, which repeats the request parameters. */
export function toResponseObject({ id, createdAt, request }: ResponseHead, state: ResponseState) {
  const { status, output, end, error } = state;
  return {
    id,
    object: 'response',
    created_at: createdAt,
    status,
    background: false,
    error: error ?? null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    model: request.model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: null },
    service_tier: 'default',
    store: false,
    temperature: request.temperature ?? null,
    text: { format: request.text?.format ?? { type: 'text' } },
    tool_choice: request.tool_choice ?? 'auto',
    tools: (request.tools ?? []).map((tool) => ({ description: null, parameters: null, strict: false, ...tool })),
    top_p: request.top_p ?? null,
    truncation: 'disabled',
    usage: end ? toUsage(end) : null,
    user: null,
    metadata: request.metadata ?? {},
    ...storedIn(end),
  };
}

/** Cached and reasoning tokens are not counted separately. */
function toUsage({ inputTokens, outputTokens }: CompletionEnd) {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}

/** IDs of the answer in the other APIs. OpenAI has no equivalent. */
export function storedIn(end: CompletionEnd | undefined) {
  if (!end?.stored) return {};
  const { answerId, threadId, model } = end.stored;
  return { lorebox: { answer_id: answerId, thread_id: threadId, model } };
}
