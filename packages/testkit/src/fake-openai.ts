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

export interface FakeOpenAiModel {
  id: string;
  /** `max_model_len` of vLLM, or `context_length` of other servers; omitted if undefined. */
  contextLength?: number;
  /** Other fields of its entry in /v1/models. */
  entry?: JsonObject;
}

/** cut, stall: as in the fake Ollama · no-done: neither a finish reason nor [DONE] · error-line: an error event. */
export type FakeOpenAiFault =
  | 'none'
  | 'cut'
  | 'no-done'
  | 'stall'
  | 'error-line'
  | 'error-500'
  | 'missing-model'
  | 'wrong-count';

/** All fields can be changed while the fake is running. */
export interface FakeOpenAiState {
  models: FakeOpenAiModel[];
  /** Requests without this bearer key get 401; null accepts all requests. */
  apiKey: string | null;
  reply: FakeReply;
  thinking: string | null;
  /**
   * `reasoning_content` as in DeepSeek, vLLM and llama.cpp; inline puts the tag into the text, like servers that don't
   * separate reasoning.
   */
  thinkingAs: 'reasoning_content' | 'inline';
  toolCalls: readonly FakeToolCall[];
  delayMs: number;
  firstTokenDelayMs: number;
  faults: FakeOpenAiFault;
  /** Rejects chat completions with these fields: name and error message. */
  rejects: Record<string, string>;
  /** Answer of /props, as from llama.cpp's server. Null: there is neither /props nor /tokenize. */
  props: JsonObject | null;
  embeddingDimension: number;
  /** Transcript of every recording. */
  transcript: readonly JsonObject[];
}

export type FakeOpenAi = FakeServer & FakeOpenAiState;

/** Starts a server with OpenAI's API. Its base URL for clients is `${url}/v1`. */
export async function startFakeOpenAi(options: Partial<FakeOpenAiState> = {}): Promise<FakeOpenAi> {
  const state: FakeOpenAiState = {
    models: [{ id: 'small-chat', contextLength: 16_384 }, { id: 'small-embed' }],
    apiKey: null,
    reply: answerFromSources,
    thinking: null,
    thinkingAs: 'reasoning_content',
    toolCalls: [],
    delayMs: 0,
    firstTokenDelayMs: 0,
    faults: 'none',
    rejects: {},
    props: null,
    embeddingDimension: 64,
    transcript: [],
    ...options,
  };
  const server = await startFakeServer({
    'GET /v1/models': (exchange) => withKey(state, exchange, () => listModels(state, exchange)),
    'GET /props': (exchange) => withKey(state, exchange, () => sendJson(exchange.response, ...propsOf(state))),
    'POST /tokenize': (exchange) => withKey(state, exchange, () => tokenize(state, exchange)),
    'POST /v1/chat/completions': (exchange) => withModel(state, exchange, () => complete(state, exchange)),
    'POST /v1/audio/transcriptions': (exchange) => withKey(state, exchange, () => listen(state, exchange)),
    'POST /v1/embeddings': (exchange) => withModel(state, exchange, () => embed(state, exchange)),
  });
  // Return the state object itself, so that the routes see what a test sets.
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(server)) as FakeOpenAi;
}

/** Returns `verbose_json`, whatever format was requested. */
function listen({ transcript }: FakeOpenAiState, { response }: FakeExchange): void {
  const segments = transcript.map((segment, id) => ({ id, ...segment }));
  const text = segments.map((segment) => String('text' in segment ? segment.text : '')).join('');
  sendJson(response, 200, { task: 'transcribe', language: 'english', duration: 10, text, segments });
}

function withKey(state: FakeOpenAiState, { request, response }: FakeExchange, go: () => void | Promise<void>) {
  const isIn = state.apiKey === null || request.headers.authorization === `Bearer ${state.apiKey}`;
  return isIn ? go() : sendError(response, 401, 'Incorrect API key provided', 'invalid_api_key');
}

function withModel(state: FakeOpenAiState, exchange: FakeExchange, go: () => void | Promise<void>) {
  const { request, response } = exchange;
  return withKey(state, exchange, () => {
    const asked = String(request.body.model ?? '');
    if (state.faults === 'missing-model' || !state.models.some(({ id }) => id === asked)) {
      return sendError(response, 404, `The model \`${asked}\` does not exist`, 'model_not_found');
    }
    if (state.faults === 'error-500') return sendError(response, 500, 'CUDA out of memory', 'server_error');
    return go();
  });
}

function sendError(response: FakeExchange['response'], status: number, message: string, code: string): void {
  sendJson(response, status, { error: { message, type: code, param: null, code } });
}

function listModels({ models }: FakeOpenAiState, { response }: FakeExchange): void {
  const data = models.map(({ id, contextLength, entry }) => ({
    id,
    object: 'model',
    created: 0,
    max_model_len: contextLength,
    ...entry,
  }));
  sendJson(response, 200, { object: 'list', data });
}

function propsOf({ props }: FakeOpenAiState): [status: number, body: JsonObject] {
  return props ? [200, props] : [404, { error: 'File Not Found' }];
}

/** One token per word. */
function tokenize({ props, faults }: FakeOpenAiState, { request, response }: FakeExchange): void {
  const text = String(request.body.content ?? request.body.prompt ?? '');
  if (!props) sendJson(response, 404, { error: 'File Not Found' });
  else if (faults === 'error-500') sendError(response, 500, 'CUDA out of memory', 'server_error');
  else sendJson(response, 200, { tokens: splitWords(text).map((_, token) => token) });
}

async function complete(state: FakeOpenAiState, exchange: FakeExchange): Promise<void> {
  const { request, response } = exchange;
  const { body } = request;
  const rejected = Object.keys(state.rejects).find((field) => body[field] !== undefined);
  if (rejected) {
    return sendError(response, 400, `Invalid field ${rejected}. ${state.rejects[rejected]}`, 'invalid_request_error');
  }
  const thoughts = state.thinking ? splitWords(state.thinking) : [];
  const isInline = state.thinkingAs === 'inline' && thoughts.length > 0;
  const said = [...toTokens(state.reply, body)];
  const limit = body.max_tokens ?? body.max_completion_tokens;
  const isCut = typeof limit === 'number' && said.length > limit;
  if (isCut) said.length = limit;
  const tokens = isInline ? ['<think>', ...thoughts, '</think>', '\n\n', ...said] : said;
  const calls = Array.isArray(body.tools) && body.tools.length > 0 ? state.toolCalls : [];
  const finish_reason = calls.length > 0 ? 'tool_calls' : isCut ? 'length' : 'stop';
  const [prompt_tokens, completion_tokens] = [countPromptTokens(body), thoughts.length + said.length];
  const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
  const tool_calls = calls.map(({ name, arguments: args }, index) => ({
    index,
    id: `call_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }));
  const about = { id: 'chatcmpl-1', created: 1_767_225_600, model: body.model };
  if (body.stream !== true) {
    const reasoning_content = isInline ? undefined : thoughts.join('') || undefined;
    const message = {
      role: 'assistant',
      content: tokens.join(''),
      reasoning_content,
      ...(calls.length > 0 && { tool_calls }),
    };
    return sendJson(response, 200, {
      ...about,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason }],
      usage,
    });
  }
  const head = `data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk' }).slice(0, -1)},"choices":[`;
  const event = (delta: JsonObject, reason = 'null') =>
    `${head}{"index":0,"delta":${JSON.stringify(delta)},"finish_reason":${reason}}]}\n\n`;
  const wantsUsage = (body.stream_options as JsonObject | undefined)?.include_usage === true;
  const events = [
    event({ role: 'assistant', content: '' }),
    ...(isInline ? [] : thoughts.map((thought) => event({ reasoning_content: thought }))),
    ...tokens.map((token) => event({ content: token })),
    ...tool_calls.map((call) => event({ tool_calls: [call] })),
    event({}, `"${finish_reason}"`),
    ...(wantsUsage ? [`${head}],"usage":${JSON.stringify(usage)}}\n\n`] : []),
    'data: [DONE]\n\n',
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  await writePieces(exchange, spoil(events, state.faults), paceOf(state));
}

function spoil(events: string[], fault: FakeOpenAiFault): string[] {
  if (fault !== 'error-line') return events;
  const error = { message: 'the engine died', type: 'server_error', param: null, code: null };
  return [...events.slice(0, Math.ceil(events.length / 2)), `data: ${JSON.stringify({ error })}\n\n`];
}

function paceOf({ delayMs, firstTokenDelayMs, faults }: FakeOpenAiState): Pace {
  const ending = faults === 'cut' || faults === 'stall' ? faults : faults === 'no-done' ? 'short' : 'whole';
  return { delayMs, firstTokenDelayMs, ending };
}

async function embed(state: FakeOpenAiState, exchange: FakeExchange): Promise<void> {
  const { request, response } = exchange;
  const input = Array.isArray(request.body.input) ? (request.body.input as string[]) : [String(request.body.input)];
  const data = input.map((text, index) => {
    const embedding = hashVector(text, state.embeddingDimension).map((value) => value * 3);
    return { object: 'embedding', index, embedding };
  });
  // Clients must sort by index: some servers return items in the order in which they finish.
  data.reverse();
  if (state.faults === 'wrong-count') data.pop();
  const answer = { object: 'list', data, model: request.body.model, usage: { prompt_tokens: 1, total_tokens: 1 } };
  if (state.faults === 'none' && state.delayMs === 0) return sendJson(response, 200, answer);
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  const text = JSON.stringify(answer);
  await writePieces(exchange, [text.slice(0, 10), text.slice(10)], paceOf(state));
}
