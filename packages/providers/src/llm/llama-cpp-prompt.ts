import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { AppError } from '@lorebox/contract/errors';
import type { ChatHistoryItem, ChatModelFunctions, ChatModelResponse } from 'node-llama-cpp';
import { toolOutputText } from './tool-output.ts';

/**
 * Converts the prompt to node-llama-cpp's history, which the model's own chat template renders. It ends with the open
 * answer.
 */
export function toChatHistory(prompt: LanguageModelV4Prompt): ChatHistoryItem[] {
  const results = collectResults(prompt);
  const history: ChatHistoryItem[] = [];
  for (const message of prompt) {
    if (message.role === 'system') history.push({ type: 'system', text: message.content });
    else if (message.role === 'user') history.push({ type: 'user', text: textOf(message.content) });
    else if (message.role === 'assistant') {
      const response: ChatModelResponse['response'] = [];
      for (const part of message.content) {
        if (part.type === 'text') response.push(part.text);
        else if (part.type === 'tool-call') {
          const params: unknown = typeof part.input === 'string' ? JSON.parse(part.input || '{}') : part.input;
          response.push({
            type: 'functionCall',
            name: part.toolName,
            params,
            result: results.get(part.toolCallId) ?? '',
          });
        }
      }
      history.push({ type: 'model', response });
    }
  }
  // After tool results, the model continues the turn in which it made the call.
  if (history.at(-1)?.type !== 'model') history.push({ type: 'model', response: [] });
  return history;
}

export function toFunctions({ tools, toolChoice }: LanguageModelV4CallOptions): ChatModelFunctions | undefined {
  if (toolChoice?.type === 'none') return undefined;
  const functions = (tools ?? []).flatMap((tool) =>
    tool.type === 'function' ? [[tool.name, { description: tool.description, params: tool.inputSchema }]] : [],
  );
  // The library's schema type is a subset of JSON Schema. It rejects unsupported schemas at run time.
  return functions.length > 0 ? (Object.fromEntries(functions) as ChatModelFunctions) : undefined;
}

function collectResults(prompt: LanguageModelV4Prompt): Map<string, string> {
  const results = new Map<string, string>();
  for (const message of prompt) {
    if (message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type === 'tool-result') results.set(part.toolCallId, toolOutputText(part.output));
    }
  }
  return results;
}

function textOf(parts: Extract<LanguageModelV4Prompt[number], { role: 'user' }>['content']): string {
  const texts = parts.map((part) => {
    if (part.type === 'text') return part.text;
    throw new AppError('BAD_REQUEST', 'Models in the models folder accept only text. Use a vision model in Ollama.');
  });
  return texts.join('');
}
