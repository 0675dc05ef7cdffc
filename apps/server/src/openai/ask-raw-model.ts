import { requireScope } from '@lorebox/core/access/require-scope';
import { askModel } from '@lorebox/core/chat/ask-model';
import type { ModelCall, ModelPart } from '@lorebox/core/chat/stream-model';
import { maxTokensOf } from './answer-limits.ts';
import type { Call } from './call.ts';
import { authorizedParts, type CompletionPart, toFinishReason } from './completion-parts.ts';
import {
  type CompletionRequest,
  imagesOf,
  type RequestMessage,
  textOf,
  toResponseFormat,
} from './completion-request.ts';
import { badRequest } from './errors.ts';

/** Asks a model directly, without retrieval. Nothing is stored, and a client that disconnects stops it. */
export function askRawModel(call: Call, modelId: string, request: CompletionRequest): AsyncGenerator<CompletionPart> {
  const modelCall = toModelCall(request);
  const parts = (signal: AbortSignal) => toParts(askModel(call.core, call.actor, modelId, modelCall, signal));
  return authorizedParts(call, parts, async (actor) => requireScope(actor, 'chat'));
}

async function* toParts(source: AsyncIterable<ModelPart>): AsyncGenerator<CompletionPart> {
  for await (const part of source) {
    if (part.type === 'text') yield part;
    else if (part.type === 'finish') {
      const { inputTokens = 0, outputTokens = 0 } = part.usage ?? {};
      const finishReason = toFinishReason(part.reason);
      yield { type: 'end', finishReason, inputTokens, outputTokens, citations: [], stored: null };
    } else if (part.type === 'reasoning') yield part;
    else {
      const { toolCallId: id, name, input } = part;
      yield { type: 'tool-call', id, name, input };
    }
  }
}

function toModelCall(request: CompletionRequest): ModelCall {
  const { messages, stop } = request;
  return {
    prompt: messages.flatMap((message) => toPromptMessage(message, messages)),
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    maxOutputTokens: maxTokensOf(request),
    reasoning: request.reasoning_effort ?? undefined,
    stopSequences: stop == null ? undefined : [stop].flat(),
    seed: request.seed ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    responseFormat: toResponseFormat(request),
    tools: request.tools?.map(({ function: { name, description, parameters } }) => ({
      type: 'function' as const,
      name,
      description,
      inputSchema: parameters ?? { type: 'object', properties: {} },
    })),
    toolChoice: toToolChoice(request),
  };
}

function toPromptMessage(message: RequestMessage, all: readonly RequestMessage[]): ModelCall['prompt'] {
  const text = textOf(message);
  const parts = text === '' ? [] : [{ type: 'text' as const, text }];
  switch (message.role) {
    case 'system':
    case 'developer':
      return [{ role: 'system', content: text }];
    case 'user': {
      const images = imagesOf(message).map(({ mediaType, data }) => ({
        type: 'file' as const,
        mediaType,
        data: { type: 'data' as const, data },
      }));
      return [{ role: 'user', content: [...parts, ...images] }];
    }
    case 'assistant': {
      const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) => ({
        type: 'tool-call' as const,
        toolCallId: id,
        toolName: name,
        input: parseArguments(input),
      }));
      return [{ role: 'assistant', content: [...parts, ...calls] }];
    }
    case 'tool': {
      const toolCallId = message.tool_call_id ?? '';
      const toolName = nameOfCall(all, toolCallId);
      const output = { type: 'text' as const, value: text };
      return [{ role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output }] }];
    }
  }
}

function parseArguments(input: string): unknown {
  try {
    return JSON.parse(input || '{}');
  } catch {
    throw badRequest('The arguments of a tool call must be JSON.', 'messages');
  }
}

function nameOfCall(messages: readonly RequestMessage[], id: string): string {
  const call = messages.flatMap(({ tool_calls }) => tool_calls ?? []).find((known) => known.id === id);
  if (!call) throw badRequest('"tool_call_id" doesn\'t match a tool call in an earlier message.', 'messages');
  return call.function.name;
}

function toToolChoice({ tool_choice: choice }: CompletionRequest): ModelCall['toolChoice'] {
  if (!choice) return undefined;
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.function.name };
}
