import type { Logger } from './logger.ts';

/** Options of the client. */
export interface LoreboxOptions {
  /** URL of the server, without `/v1`. Default: the environment variable LOREBOX_URL, else http://127.0.0.1:3001. */
  baseUrl?: string | undefined;
  /** API key or session token. Default: the environment variable LOREBOX_API_KEY. Null sends no credentials. */
  apiKey?: string | null | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** "http" (default) or "ws". */
  transport?: 'http' | 'ws' | undefined;
  /** Timeout per attempt in milliseconds. Default: 60,000; 0 disables it. Streams and uploads have no timeout. */
  timeout?: number | undefined;
  /** Maximum number of retries after a temporary failure. Default: 2. */
  maxRetries?: number | undefined;
  /** Headers to send with every request, for example for a proxy. WebSockets can't send headers. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Receives one entry per attempt. `console` works too: it receives a line of text. */
  logger?: Logger | undefined;
}

export interface ResolvedOptions {
  baseUrl: string;
  apiKey: string | undefined;
  headers: Readonly<Record<string, string>>;
  fetch: typeof globalThis.fetch;
  transport: 'http' | 'ws';
  timeout: number;
  maxRetries: number;
  logger: Logger | undefined;
}

const DEFAULT_URL = 'http://127.0.0.1:3001';
const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_RETRIES = 2;

/** @throws TypeError for an invalid URL, key or number. */
export function resolveOptions(options: LoreboxOptions): ResolvedOptions {
  const { fetch = globalThis.fetch, transport = 'http', headers = {}, logger } = options;
  return {
    baseUrl: readUrl(options.baseUrl),
    apiKey: readKey(options.apiKey),
    headers,
    fetch,
    transport,
    timeout: readCount('timeout', options.timeout, DEFAULT_TIMEOUT_MS),
    maxRetries: readCount('maxRetries', options.maxRetries, DEFAULT_RETRIES),
    logger,
  };
}

/** Returns null in runtimes without an environment, such as browsers. */
function readEnvironment(name: string): string | null {
  return globalThis.process?.env?.[name] || null;
}

function readUrl(option: string | undefined): string {
  const name = option === undefined ? 'LOREBOX_URL' : 'baseUrl';
  const text = (option ?? readEnvironment('LOREBOX_URL') ?? DEFAULT_URL).trim();
  if (!/^https?:\/\//i.test(text)) {
    const hint = /^\w+:\/\//.test(text) ? 'must begin with http:// or https://' : `has no scheme. Use "http://${text}"`;
    throw new TypeError(text === '' ? `${name} is empty.` : `${name} "${text}" ${hint}.`);
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new TypeError(`${name} "${text}" is not a valid URL.`);
  if (url.username || url.password)
    throw new TypeError(`${name} must not contain a username or password. Use \`apiKey\` instead.`);
  if (url.search || url.hash) throw new TypeError(`${name} "${text}" must not contain a query or a fragment.`);
  const base = `${url.origin}${trimSlashes(url.pathname)}`;
  const suffix = /\/(?:v1|openai\/v1|trpc|docs)$/.exec(base)?.[0];
  if (suffix) throw new TypeError(`${name} must not end in ${suffix}. Use "${base.slice(0, -suffix.length)}".`);
  return base;
}

function trimSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function readKey(option: string | null | undefined): string | undefined {
  if (option === null) return undefined;
  const name = option === undefined ? 'LOREBOX_API_KEY' : 'apiKey';
  const key = option ?? readEnvironment('LOREBOX_API_KEY') ?? undefined;
  if (key === undefined) return undefined;
  if (key === '') throw new TypeError(`${name} is empty. Omit it to use LOREBOX_API_KEY, or pass null to send no key.`);
  if (/^bearer\s/i.test(key)) throw new TypeError(`${name} must not begin with "Bearer". Pass the key alone.`);
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TypeError(`${name} must consist of visible ASCII characters without spaces or line breaks.`);
  }
  return key;
}

function readCount(name: string, option: number | undefined, fallback: number): number {
  if (option === undefined) return fallback;
  if (!(option >= 0)) throw new TypeError(`${name} must be 0 or more.`);
  return option;
}
