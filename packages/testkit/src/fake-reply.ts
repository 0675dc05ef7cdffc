import type { JsonObject } from './fake-server.ts';

/** Reply of a fake: a text (sent word by word), a list of tokens, or a function of the request. */
export type FakeReply = string | readonly string[] | ((request: JsonObject) => string | readonly string[]);

export interface FakeToolCall {
  name: string;
  arguments: JsonObject;
}

/** Returns the first sentence of source 1 with its citation, or a statement that there are no sources. */
export function answerFromSources(request: JsonObject): string {
  const question = lastUserText(request);
  const source = readSource(question, 1);
  if (source === null) return 'There are no sources for this question.';
  const sentence = /^[\s\S]*?[.!?](?=\s|$)/.exec(source)?.[0] ?? source;
  return `${sentence.replace(/\s+/g, ' ')} [1].`;
}

/** Text of a numbered source in a prompt; null if it has none. */
export function readSource(prompt: string, n: number): string | null {
  const fence = /starts with a line "(\w+) NUMBER/.exec(prompt)?.[1];
  if (fence === undefined) return null;
  const start = prompt.indexOf(`\n${fence} ${n}: `);
  if (start < 0) return null;
  const body = prompt.slice(prompt.indexOf('\n', start + 1) + 1);
  const ends = [
    body.indexOf(`\n\n${fence} `),
    body.indexOf('\n\nKnown for certain: '),
    body.lastIndexOf('\n\nQuestion: '),
  ];
  return body.slice(0, Math.min(...ends.filter((end) => end >= 0))).trim();
}

export function toTokens(reply: FakeReply, request: JsonObject): readonly string[] {
  const answer = typeof reply === 'function' ? reply(request) : reply;
  return typeof answer === 'string' ? splitWords(answer) : answer;
}

/** "one two" -> ["one", " two"]. The words join to the same text. */
export function splitWords(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** Estimates the tokens of the whole request. */
export function countPromptTokens(request: JsonObject): number {
  return Math.ceil(promptText(request).length / 4) + 8;
}

function promptText(request: JsonObject): string {
  if (typeof request.prompt === 'string') return request.prompt;
  return messagesOf(request)
    .map(({ content }) => textOf(content))
    .join('\n');
}

function lastUserText(request: JsonObject): string {
  if (typeof request.prompt === 'string') return request.prompt;
  const last = messagesOf(request).findLast(({ role }) => role === 'user');
  return textOf(last?.content);
}

function messagesOf(request: JsonObject): JsonObject[] {
  return Array.isArray(request.messages) ? (request.messages as JsonObject[]) : [];
}

/** Ollama's content is a string; OpenAI's is a string or a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as JsonObject[]).map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}
