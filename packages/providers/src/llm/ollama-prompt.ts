import { Buffer } from 'node:buffer';
import type { LanguageModelV4CallOptions, LanguageModelV4FilePart, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { AppError } from '@lorebox/contract/errors';
import type { Message, Tool } from 'ollama';
import { toolOutputText } from './tool-output.ts';

type PromptMessage = LanguageModelV4Prompt[number];
/** Fields of Ollama's API that are missing from the client's types. */
type OllamaMessage = Message & { tool_call_id?: string };

/** Converts the prompt to Ollama messages: plain text, separate images, and one message per tool result. */
export function toOllamaMessages(prompt: LanguageModelV4Prompt): OllamaMessage[] {
  return prompt.flatMap(toMessages);
}

export function toOllamaTools(options: LanguageModelV4CallOptions): Tool[] {
  if (options.toolChoice?.type === 'none') return [];
  const only = options.toolChoice?.type === 'tool' ? options.toolChoice.toolName : null;
  return (options.tools ?? []).flatMap((tool) => {
    if (tool.type !== 'function' || (only !== null && tool.name !== only)) return [];
    const { name, description, inputSchema } = tool;
    return [
      { type: 'function', function: { name, description, parameters: inputSchema as Tool['function']['parameters'] } },
    ];
  });
}

function toMessages(message: PromptMessage): OllamaMessage[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }];
    case 'user': {
      const content = message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
      const images = message.content.flatMap((part) => (part.type === 'file' ? [toImage(part)] : []));
      return [{ role: 'user', content, ...(images.length > 0 && { images }) }];
    }
    case 'assistant': {
      const textOf = (type: 'text' | 'reasoning') =>
        message.content.map((part) => (part.type === type ? part.text : '')).join('');
      const thinking = textOf('reasoning');
      const calls = message.content.flatMap((part) =>
        part.type === 'tool-call' ? [{ function: { name: part.toolName, arguments: toArguments(part.input) } }] : [],
      );
      return [
        {
          role: 'assistant',
          content: textOf('text'),
          ...(thinking !== '' && { thinking }),
          ...(calls.length > 0 && { tool_calls: calls }),
        },
      ];
    }
    case 'tool':
      return message.content.flatMap((part) => {
        if (part.type !== 'tool-result') return [];
        const { toolName: tool_name, toolCallId: tool_call_id, output } = part;
        return [{ role: 'tool', content: toolOutputText(output), tool_name, tool_call_id }];
      });
  }
}

function toArguments(input: unknown): Record<string, unknown> {
  const value: unknown = typeof input === 'string' ? JSON.parse(input || '{}') : input;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Base64, as Ollama requires. */
function toImage({ data, mediaType }: LanguageModelV4FilePart): string {
  if (!mediaType.startsWith('image')) {
    throw new AppError('BAD_REQUEST', `Models in Ollama accept images, not ${mediaType}.`);
  }
  if (data.type === 'data') {
    return typeof data.data === 'string' ? stripDataUrl(data.data) : Buffer.from(data.data).toString('base64');
  }
  if (data.type === 'url' && data.url.protocol === 'data:') return stripDataUrl(data.url.href);
  throw new AppError('BAD_REQUEST', 'Send images to Ollama as bytes, not as a URL.');
}

function stripDataUrl(text: string): string {
  return text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text;
}
