import type { ModelCall } from '@lorebox/core/chat/stream-model';
import { z } from 'zod';
import { badRequest } from './errors.ts';
import { ReasoningEffort } from './reasoning-effort.ts';

const TextPart = z.object({ type: z.literal('text'), text: z.string() });
const ImagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.union([z.string().transform((url) => ({ url })), z.object({ url: z.string() })]),
});
const Part = z.discriminatedUnion('type', [TextPart, ImagePart], {
  error: 'Only parts of type "text" and "image_url" are supported.',
});
const ToolCall = z.object({
  id: z.string(),
  type: z.literal('function').default('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const Message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(Part)], { error: (issue) => partError(issue) }).nullish(),
  tool_calls: z.array(ToolCall).nullish(),
  tool_call_id: z.string().nullish(),
});
export type RequestMessage = z.infer<typeof Message>;

const Tool = z.object({
  type: z.literal('function', 'Only tools of type "function" are supported.'),
  function: z.object({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
});
const ToolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
]);
const ResponseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string().optional(), schema: z.record(z.string(), z.unknown()).optional() }),
  }),
]);

/** The supported fields of `POST /chat/completions`. Other fields are ignored, except those that `refuse` checks. */
export const CompletionRequest = z.object({
  model: z.string().min(1).max(300),
  messages: z.array(Message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  reasoning_effort: ReasoningEffort.nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.number().int().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  response_format: ResponseFormat.nullish(),
  tools: z.array(Tool).nullish(),
  tool_choice: ToolChoice.nullish(),
  n: z.number().int().min(1).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().nullish(),
  audio: z.unknown().optional(),
  modalities: z.array(z.string()).nullish(),
  functions: z.unknown().optional(),
});
export type CompletionRequest = z.infer<typeof CompletionRequest>;

/** @throws OpenAiError for unsupported fields that would change the answer. */
export function refuse(request: CompletionRequest): void {
  if ((request.n ?? 1) > 1) throw badRequest('Only one choice per request is supported. Set "n" to 1.', 'n');
  if (request.logprobs) throw badRequest('Log probabilities are not supported.', 'logprobs');
  if (request.top_logprobs) throw badRequest('Log probabilities are not supported.', 'top_logprobs');
  if (request.audio != null) throw badRequest('Audio is not supported.', 'audio');
  if (request.modalities?.some((modality) => modality !== 'text')) {
    throw badRequest('Only text output is supported. Leave out "modalities".', 'modalities');
  }
  if (request.functions != null) throw badRequest('"functions" is not supported. Send "tools" instead.', 'functions');
}

/** Returns the text parts of a message, joined. */
export function textOf({ content }: RequestMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

/** Response format for the model; undefined for text. */
export function toResponseFormat({ response_format: format }: CompletionRequest): ModelCall['responseFormat'] {
  if (!format || format.type === 'text') return undefined;
  if (format.type === 'json_object') return { type: 'json' };
  return { type: 'json', schema: format.json_schema.schema, name: format.json_schema.name };
}

const IMAGE_URL = /^data:(image\/(?:png|jpe?g|webp|gif));base64$/;

/** Returns the images of a message in base64. @throws OpenAiError for URLs: nothing is fetched for a client. */
export function imagesOf({ content }: RequestMessage): { mediaType: string; data: string }[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => {
    if (part.type !== 'image_url') return [];
    const { url } = part.image_url;
    const comma = url.indexOf(',');
    const mediaType = IMAGE_URL.exec(url.slice(0, Math.max(0, comma)))?.[1];
    if (!mediaType) throw badRequest('Send images as base64 data: URLs (png, jpeg, webp or gif).', 'messages');
    return [{ mediaType: mediaType.replace('jpg', 'jpeg'), data: url.slice(comma + 1) }];
  });
}

/** For unions, Zod only reports that nothing matched. The cause is nearly always the type of a part. */
function partError({ input }: { input?: unknown }): string {
  return Array.isArray(input)
    ? 'Only parts of type "text" and "image_url" are supported.'
    : 'A string, or an array of parts.';
}
