import { pullModel } from './fake-ollama-pull.ts';
import {
  answerFromSources,
  countPromptTokens,
  type FakeReply,
  type FakeToolCall,
  splitWords,
  toTokens,
} from './fake-reply.ts';
import {
  type FakeExchange,
  type FakeServer,
  type JsonObject,
  type Pace,
  sendJson,
  startFakeServer,
  writePieces,
} from './fake-server.ts';
import { hashVector } from './hash-vectors.ts';

export interface FakeOllamaModel {
  /** Includes the tag: "llama3.2:latest". */
  name: string;
  /**
   * Ollama's values: completion, tools, thinking, vision, embedding. Null for a server that is too old to report them.
   */
  capabilities?: readonly string[] | null;
  contextLength?: number;
  family?: string;
  size?: number;
  /** Chat template, as Ollama shows it. */
  template?: string;
}

/**
 * cut: the socket is destroyed mid-stream · no-done: the stream ends without its last line · stall: the stream hangs ·
 * error-line: `{"error"}` mid-stream · silent-truncation: the prompt filled the window, as before Ollama 0.12.
 */
export type FakeOllamaFault =
  | 'none'
  | 'cut'
  | 'no-done'
  | 'stall'
  | 'error-line'
  | 'error-500'
  | 'missing-model'
  | 'silent-truncation'
  | 'wrong-count';

/** All fields can be changed while the fake is running. */
export interface FakeOllamaState {
  models: FakeOllamaModel[];
  reply: FakeReply;
  /** Sent as `thinking` by a model with that capability unless the request sets think:false, and inline otherwise. */
  thinking: string | null;
  /** Sent after the text if the request offers tools. */
  toolCalls: readonly FakeToolCall[] | ((request: JsonObject) => readonly FakeToolCall[]);
  delayMs: number;
  firstTokenDelayMs: number;
  faults: FakeOllamaFault;
  embeddingDimension: number;
  /** Longer texts are rejected by /api/embed, even with `truncate`, as in some Ollama versions. */
  embedLimitChars: number;
}

export type FakeOllama = FakeServer & FakeOllamaState;

const TOO_LONG = 'the input length exceeds the context length';
const CREATED_AT = '2026-01-01T00:00:00Z';
const DEFAULT_MODELS: readonly FakeOllamaModel[] = [
  { name: 'llama3.2:latest', capabilities: ['completion', 'tools'], contextLength: 131_072 },
  { name: 'nomic-embed-text:latest', capabilities: ['embedding'], contextLength: 2048, family: 'nomic-bert' },
];

/** Starts a server with Ollama's API, to test our requests and our error handling. */
export async function startFakeOllama(options: Partial<FakeOllamaState> = {}): Promise<FakeOllama> {
  const state: FakeOllamaState = {
    models: [...DEFAULT_MODELS],
    reply: answerFromSources,
    thinking: null,
    toolCalls: [],
    delayMs: 0,
    firstTokenDelayMs: 0,
    faults: 'none',
    embeddingDimension: 64,
    embedLimitChars: Number.POSITIVE_INFINITY,
    ...options,
  };
  const server = await startFakeServer({
    'GET /api/version': ({ response }) => sendJson(response, 200, { version: '0.12.6' }),
    'GET /api/tags': ({ response }) => sendJson(response, 200, { models: state.models.map(describe) }),
    'GET /api/ps': ({ response }) => sendJson(response, 200, { models: [] }),
    'POST /api/show': (exchange) => withModel(state, exchange, (model) => show(model, exchange)),
    'POST /api/chat': (exchange) => withModel(state, exchange, (model) => generate(state, model, exchange, 'chat')),
    'POST /api/generate': (exchange) =>
      withModel(state, exchange, (model) => generate(state, model, exchange, 'generate')),
    'POST /api/embed': (exchange) => withModel(state, exchange, () => embed(state, exchange)),
    'POST /api/pull': (exchange) => pull(state, exchange),
  });
  // Return the state object itself, so that the routes see what a test sets.
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(server)) as FakeOllama;
}

function withModel(
  state: FakeOllamaState,
  { request, response }: FakeExchange,
  go: (model: FakeOllamaModel) => void | Promise<void>,
): void | Promise<void> {
  const asked = String(request.body.model ?? '');
  const model = state.models.find(({ name }) => name === asked || name === `${asked}:latest`);
  if (!model || state.faults === 'missing-model') {
    return sendJson(response, 404, { error: `model '${asked}' not found` });
  }
  if (state.faults === 'error-500' && request.path !== '/api/show') {
    return sendJson(response, 500, { error: 'llama runner process has terminated: exit status 2' });
  }
  return go(model);
}

async function generate(
  state: FakeOllamaState,
  model: FakeOllamaModel,
  exchange: FakeExchange,
  kind: 'chat' | 'generate',
): Promise<void> {
  const { request, response } = exchange;
  const { body } = request;
  const can = (capability: string) => model.capabilities?.includes(capability) ?? false;
  const tools = Array.isArray(body.tools) ? body.tools : [];
  if (tools.length > 0 && !can('tools'))
    return sendJson(response, 400, { error: `${model.name} does not support tools` });
  if (body.think && !can('thinking'))
    return sendJson(response, 400, { error: `${model.name} does not support thinking` });

  const window = Number((body.options as JsonObject | undefined)?.num_ctx ?? 4096);
  const asked = countPromptTokens(body);
  if (asked > window && body.truncate === false) {
    return sendJson(response, 400, { error: TOO_LONG });
  }
  const thoughts = state.thinking && can('thinking') && body.think !== false ? splitWords(state.thinking) : [];
  const inline =
    state.thinking && !can('thinking') ? ['<think>', ...splitWords(state.thinking), '</think>', '\n\n'] : [];
  const tokens = [...inline, ...toTokens(state.reply, body)];
  const chosen = typeof state.toolCalls === 'function' ? state.toolCalls(body) : state.toolCalls;
  const calls = tools.length > 0 ? chosen : [];
  const promptTokens = state.faults === 'silent-truncation' ? window : Math.min(asked, window);
  const counts = {
    done_reason: reasonFor(body, tokens),
    total_duration: 1_000_000,
    load_duration: 1000,
    prompt_eval_count: promptTokens,
    prompt_eval_duration: 1000,
    eval_count: thoughts.length + tokens.length,
    eval_duration: 1000,
  };
  const head = `{"model":${JSON.stringify(model.name)},"created_at":"${CREATED_AT}",`;
  const toolCalls = calls.map(({ name, arguments: args }) => ({ function: { name, arguments: args } }));
  if (body.stream === false) {
    const [content, thinking] = [tokens.join(''), thoughts.join('') || undefined];
    const message = { role: 'assistant', content, thinking, ...(calls.length > 0 && { tool_calls: toolCalls }) };
    const whole = kind === 'chat' ? { message } : { response: content, thinking };
    return sendJson(response, 200, { model: model.name, created_at: CREATED_AT, ...whole, done: true, ...counts });
  }
  const line = (content: string, extra = '') =>
    kind === 'chat'
      ? `${head}"message":{"role":"assistant","content":${JSON.stringify(content)}${extra}},"done":false}\n`
      : `${head}"response":${JSON.stringify(content)}${extra},"done":false}\n`;
  const last = kind === 'chat' ? '"message":{"role":"assistant","content":""}' : '"response":""';
  const lines = [
    ...thoughts.map((thought) => line('', `,"thinking":${JSON.stringify(thought)}`)),
    ...tokens.map((token) => line(token)),
    ...(calls.length > 0 ? [line('', `,"tool_calls":${JSON.stringify(toolCalls)}`)] : []),
    `${head}${last},"done":true,${JSON.stringify(counts).slice(1)}\n`,
  ];
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  await writePieces(exchange, spoil(lines, state.faults), paceOf(state));
}

/** Truncates a reply at `num_predict`, like Ollama, and returns the reason. */
function reasonFor(body: JsonObject, tokens: string[]): 'stop' | 'length' {
  const limit = (body.options as JsonObject | undefined)?.num_predict;
  if (typeof limit !== 'number' || limit < 0 || tokens.length <= limit) return 'stop';
  tokens.length = limit;
  return 'length';
}

function spoil(lines: string[], fault: FakeOllamaFault): string[] {
  if (fault !== 'error-line') return lines;
  return [
    ...lines.slice(0, Math.ceil(lines.length / 2)),
    '{"error":"an error was encountered while running the model"}\n',
  ];
}

function paceOf({ delayMs, firstTokenDelayMs, faults }: FakeOllamaState): Pace {
  const ending = faults === 'cut' || faults === 'stall' ? faults : faults === 'no-done' ? 'short' : 'whole';
  return { delayMs, firstTokenDelayMs, ending };
}

async function embed(state: FakeOllamaState, exchange: FakeExchange): Promise<void> {
  const { request, response } = exchange;
  const input = Array.isArray(request.body.input) ? (request.body.input as string[]) : [String(request.body.input)];
  if (input.some((text) => text.length > state.embedLimitChars)) {
    return sendJson(response, 400, { error: TOO_LONG });
  }
  const embeddings = input.map((text) => hashVector(text, state.embeddingDimension).map((value) => value * 3));
  if (state.faults === 'wrong-count') embeddings.pop();
  const answer = {
    model: request.body.model,
    embeddings,
    total_duration: 1000,
    load_duration: 1,
    prompt_eval_count: 1,
  };
  if (state.faults === 'none' && state.delayMs === 0) return sendJson(response, 200, answer);
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  const text = JSON.stringify(answer);
  await writePieces(exchange, [text.slice(0, 10), text.slice(10)], paceOf(state));
}

async function pull(state: FakeOllamaState, exchange: FakeExchange): Promise<void> {
  const name = await pullModel(exchange, paceOf(state));
  const isNew = name !== null && !state.models.some((model) => model.name === name);
  if (isNew) state.models.unshift({ name, capabilities: ['completion'] });
}

function describe({ name, family = 'llama', size = 2_019_393_189, capabilities }: FakeOllamaModel): JsonObject {
  const details = { format: 'gguf', family, families: [family], parameter_size: '3.2B', quantization_level: 'Q4_K_M' };
  const digest = `${name}/${capabilities}`;
  return { name, model: name, modified_at: CREATED_AT, size, digest, details };
}

function show(model: FakeOllamaModel, { response }: FakeExchange): void {
  const { family = 'llama', contextLength = 8192, capabilities = ['completion'], template = '{{ .Prompt }}' } = model;
  sendJson(response, 200, {
    details: { format: 'gguf', family, families: [family] },
    template,
    model_info: { 'general.architecture': family, [`${family}.context_length`]: contextLength },
    ...(capabilities && { capabilities }),
  });
}
