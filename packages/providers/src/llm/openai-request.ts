import { isOwnServer } from '../is-loopback.ts';

type Body = Record<string, unknown>;

interface OpenAiAdapter {
  transformRequestBody(body: Body): Body;
  fetch: typeof fetch;
}

const MAX_ATTEMPTS = 4;
/** Fields that Lorebox adds by itself, so it may leave them out for a server that rejects them. */
const OPTIONAL_FIELDS = ['reasoning_effort', 'chat_template_kwargs', 'stream_options'] as const;

/** Adapts chat completions to the server and the model: what a server has rejected once is no longer sent. */
export function createOpenAiAdapter(baseUrl: string, send: typeof fetch): OpenAiAdapter {
  const rejected = new Set<string>();
  const isOwn = isOwnServer(baseUrl);

  async function sendAdapted(input: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> {
    for (let { body } = init, attempt = 1; ; attempt += 1) {
      const response = await send(input, { ...init, body: body ?? null });
      const isRejected = response.status === 400 || response.status === 422;
      if (!isRejected || attempt === MAX_ATTEMPTS || typeof body !== 'string') return response;
      const text = await response.text();
      const sent = JSON.parse(body) as Body;
      const field = rejectedField(sent, text);
      if (!field) return new Response(text, { status: response.status, headers: response.headers });
      rejected.add(field);
      body = JSON.stringify(withoutRejected(sent, rejected));
    }
  }
  return {
    transformRequestBody: (body) => withoutRejected(withThinkingOff(body, isOwn), rejected),
    fetch: sendAdapted,
  };
}

/**
 * Servers that people run themselves ignore unknown fields: llama.cpp and vLLM read the switch of the chat template, and
 * Ollama reads the effort. Hosted services may reject either.
 */
function withThinkingOff(body: Body, isOwn: boolean): Body {
  if (body.reasoning_effort !== 'none') return body;
  if (isOwn) return { ...body, chat_template_kwargs: { enable_thinking: false } };
  const { reasoning_effort: _, ...rest } = body;
  return rest;
}

function withoutRejected(original: Body, rejected: ReadonlySet<string>): Body {
  if (rejected.size === 0) return original;
  const body = { ...original };
  for (const field of OPTIONAL_FIELDS) if (rejected.has(field)) delete body[field];
  if (rejected.has('max_tokens') && body.max_tokens !== undefined) {
    body.max_completion_tokens = body.max_tokens;
    delete body.max_tokens;
  }
  return body;
}

/** OpenAI's reasoning models reject `max_tokens`, and name the replacement. */
function rejectedField(body: Body, error: string): string | null {
  if (body.max_tokens !== undefined && error.includes('max_completion_tokens')) return 'max_tokens';
  return OPTIONAL_FIELDS.find((field) => body[field] !== undefined && error.includes(field)) ?? null;
}
