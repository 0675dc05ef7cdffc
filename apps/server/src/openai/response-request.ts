import { z } from 'zod';
import { CompletionRequest, type RequestMessage } from './completion-request.ts';
import { badRequest } from './errors.ts';

const TextPart = z.object({ type: z.enum(['input_text', 'output_text', 'text']), text: z.string() });
const RefusalPart = z.object({ type: z.literal('refusal'), refusal: z.string() });
const ImagePart = z.object({ type: z.literal('input_image'), image_url: z.string() });
const PARTS = 'Only parts of type "input_text", "output_text" and "input_image" with an "image_url" are supported.';
const Part = z.discriminatedUnion('type', [TextPart, RefusalPart, ImagePart], { error: PARTS });
const Content = z.union([z.string(), z.array(Part)], {
  error: ({ input }) => (Array.isArray(input) ? PARTS : 'A string, or an array of parts.'),
});

const MessageItem = z.object({
  type: z.literal('message'),
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: Content,
});
const CallItem = z.object({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});
const OutputItem = z.object({ type: z.literal('function_call_output'), call_id: z.string(), output: Content });
/** Reasoning of an earlier answer. No supported model accepts it as input. */
const ReasoningItem = z.object({ type: z.literal('reasoning') });
const ReferenceItem = z.object({ type: z.literal('item_reference'), id: z.string() });
const Item = z.preprocess(
  withType,
  z.discriminatedUnion('type', [MessageItem, CallItem, OutputItem, ReasoningItem, ReferenceItem], {
    error: 'Only items of type "message", "function_call", "function_call_output" and "reasoning" are supported.',
  }),
);
type Item = z.infer<typeof Item>;

const Tool = z.object({
  type: z.literal('function', 'Only tools of type "function" are supported.'),
  name: z.string().min(1),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
});
const ToolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.object({ type: z.literal('function'), name: z.string() }),
]);
const Format = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    name: z.string().optional(),
    schema: z.record(z.string(), z.unknown()).optional(),
  }),
]);

const { model, stream, temperature, top_p, top_logprobs, reasoning_effort } = CompletionRequest.shape;

/** The supported fields of `POST /responses`. Other fields are ignored, except those that `refuseState` checks. */
export const ResponseRequest = z.object({
  model,
  input: z.preprocess(toItems, z.array(Item, 'A string, or an array of items.').min(1)),
  instructions: z.string().optional(),
  stream,
  temperature,
  top_p,
  max_output_tokens: z.number().int().min(1).optional(),
  reasoning: z.object({ effort: reasoning_effort }).optional(),
  text: z.object({ format: Format.optional() }).optional(),
  tools: z.array(Tool).optional(),
  tool_choice: ToolChoice.optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  top_logprobs,
  previous_response_id: z.unknown().optional(),
  conversation: z.unknown().optional(),
  background: z.boolean().optional(),
  prompt: z.unknown().optional(),
});
export type ResponseRequest = z.infer<typeof ResponseRequest>;

/** A plain string is a user message. */
function toItems(input: unknown): unknown {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : input;
}

/** Older clients omit the type of messages. */
function withType(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'role' in item && !('type' in item)
    ? { ...item, type: 'message' }
    : item;
}

/** @throws OpenAiError for unsupported fields that would change the answer: responses are not stored. */
export function refuseState(request: ResponseRequest): void {
  for (const param of ['previous_response_id', 'conversation'] as const) {
    if (request[param] === undefined) continue;
    throw badRequest(`"${param}" is not supported. Send the whole conversation in "input".`, param);
  }
  if (request.background) throw badRequest('Background responses are not supported. Use "stream".', 'background');
  if (request.prompt !== undefined) throw badRequest('Stored prompts are not supported. Use "input".', 'prompt');
}

/**
 * Converts the request to a chat completion request. `textOfReference` returns the text of an earlier answer by its ID.
 */
export async function toCompletionRequest(
  request: ResponseRequest,
  textOfReference: (id: string) => Promise<string>,
): Promise<CompletionRequest> {
  const { input, instructions, tools, tool_choice, text } = request;
  const messages: RequestMessage[] = [];
  if (instructions) messages.push({ role: 'system', content: instructions });
  for (const item of input) await addItem(messages, item, textOfReference);
  return {
    model: request.model,
    messages,
    stream: request.stream,
    temperature: request.temperature,
    top_p: request.top_p,
    max_completion_tokens: request.max_output_tokens,
    reasoning_effort: request.reasoning?.effort,
    top_logprobs: request.top_logprobs,
    response_format: toFormat(text?.format),
    tools: tools?.map(({ type, name, description, parameters }) => ({
      type,
      function: { name, description, parameters: parameters ?? undefined },
    })),
    tool_choice:
      typeof tool_choice === 'object' ? { type: 'function', function: { name: tool_choice.name } } : tool_choice,
  };
}

async function addItem(
  messages: RequestMessage[],
  item: Item,
  textOfReference: (id: string) => Promise<string>,
): Promise<void> {
  switch (item.type) {
    case 'message':
      messages.push({ role: item.role, content: toContent(item.content) });
      return;
    case 'item_reference':
      messages.push({ role: 'assistant', content: await textOfReference(item.id) });
      return;
    case 'function_call': {
      const { call_id: id, name, arguments: input } = item;
      const call = { id, type: 'function' as const, function: { name, arguments: input } };
      const last = messages.at(-1);
      // The calls of one turn and the text before them are one message.
      if (last?.role === 'assistant') last.tool_calls = [...(last.tool_calls ?? []), call];
      else messages.push({ role: 'assistant', tool_calls: [call] });
      return;
    }
    case 'function_call_output':
      messages.push({ role: 'tool', tool_call_id: item.call_id, content: toContent(item.output) });
      return;
    case 'reasoning':
      return;
  }
}

function toContent(content: z.infer<typeof Content>): NonNullable<RequestMessage['content']> {
  if (typeof content === 'string') return content;
  return content.map((part) => {
    if (part.type === 'input_image') return { type: 'image_url', image_url: { url: part.image_url } };
    return { type: 'text', text: part.type === 'refusal' ? part.refusal : part.text };
  });
}

function toFormat(format: z.infer<typeof Format> | undefined): CompletionRequest['response_format'] {
  if (format?.type !== 'json_schema') return format;
  return { type: 'json_schema', json_schema: { name: format.name, schema: format.schema } };
}
