import { isOwnServer } from '../is-loopback.ts';

type Body = Record<string, unknown>;

const MAX_ATTEMPTS = 4;
/** Fields that Lorebox adds by itself, so it may leave them out for a server that rejects them. */
const OPTIONAL_FIELDS = ['reasoning_effort', 'chat_template_kwargs', 'stream_options'] as const;

/**
 * Returns a `fetch` for chat completions that adapts requests to the server and the model: what a server rejects once is
 * no longer sent.
 */
export function createOpenAiFetch(baseUrl: string, send: typeof fetch): typeof fetch {
  const rejected = new Set<string>();
  const isOwn = isOwnServer(baseUrl);

  async function sendAdapted(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Promise<Response> {
    if (typeof init?.body !== 'string') return send(input, init);
    const original = JSON.parse(init.body) as Body;
    for (let attempt = 1; ; attempt += 1) {
      const body = adapt(original, isOwn, rejected);
      const response = await send(input, { ...init, body: JSON.stringify(body) });
      if ((response.status !== 400 && response.status !== 422) || attempt === MAX_ATTEMPTS) return response;
      const text = await response.text();
      const field = rejectedField(body, text);
      if (!field) return new Response(text, { status: response.status, headers: { 'content-type': JSON_TYPE } });
      rejected.add(field);
    }
  }
  return sendAdapted;
}

const JSON_TYPE = 'application/json';

function adapt(original: Body, isOwn: boolean, rejected: ReadonlySet<string>): Body {
  const body = { ...original };
  if (body.reasoning_effort === 'none') {
    // Servers that people run themselves ignore unknown fields. llama.cpp and vLLM read the switch of the chat template,
    // Ollama reads the effort. Hosted services may reject either.
    if (isOwn) body.chat_template_kwargs = { enable_thinking: false };
    else delete body.reasoning_effort;
  }
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
