import { readWebhookEvent, type WebhookEvent } from './webhook-event.ts';

/** `Headers`, or the plain object of Node's requests; names in any case. */
export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>;

export interface VerifyWebhookOptions {
  /** The body as it came, not parsed and written again: the signature is over its bytes. */
  payload: string | Uint8Array;
  headers: WebhookHeaders;
  /** What the server showed when the webhook was made: "whsec_" and base64. */
  secret: string;
  /** Seconds that the message may be older or newer than `now`; default 300. */
  tolerance?: number;
  /** Default: the clock. */
  now?: Date;
}

export type WebhookSignatureProblem =
  | 'missing-header'
  | 'bad-timestamp'
  | 'too-old'
  | 'too-new'
  | 'no-match'
  | 'bad-payload';

/** The request is not one that this server sent just now. Answer it with 400, and do nothing. */
export class WebhookSignatureError extends Error {
  readonly problem: WebhookSignatureProblem;

  constructor(problem: WebhookSignatureProblem, message: string) {
    super(message);
    this.name = 'WebhookSignatureError';
    this.problem = problem;
  }
}

const DEFAULT_TOLERANCE_S = 300;

/**
 * Checks the signature of a webhook (Standard Webhooks, `v1`: HMAC-SHA-256) and gives the event. Works wherever there
 * is WebCrypto. While a secret is being changed, messages carry a signature for each; one that fits is enough.
 * A server that gets no answer sends again: keep the `webhook-id`s that are done.
 * @throws WebhookSignatureError when it is forged, changed on the way, or too old.
 * @throws TypeError when the secret is none.
 * @example
 * // A handler that works in Bun, Deno, Hono, Next and every other place with `Request` and `Response`.
 * export async function POST(request: Request): Promise<Response> {
 *   const payload = await request.text();
 *   try {
 *     const event = await verifyWebhook({ payload, headers: request.headers, secret: process.env.WEBHOOK_SECRET ?? '' });
 *     console.log(event.type, event.timestamp.toISOString());
 *     return new Response(null, { status: 204 });
 *   } catch (error) {
 *     if (error instanceof WebhookSignatureError) return new Response(error.message, { status: 400 });
 *     throw error;
 *   }
 * }
 */
export async function verifyWebhook({
  payload,
  headers,
  secret,
  tolerance = DEFAULT_TOLERANCE_S,
  now = new Date(),
}: VerifyWebhookOptions): Promise<WebhookEvent> {
  const keyBytes = readSecret(secret);
  const id = readHeader(headers, 'webhook-id');
  const timestamp = readHeader(headers, 'webhook-timestamp');
  const signatures = readHeader(headers, 'webhook-signature');
  assertRecent(timestamp, now.getTime() / 1000, tolerance);

  const body = typeof payload === 'string' ? encode(payload) : payload;
  const signed = join(encode(`${id}.${timestamp}.`), body);
  if (!(await isSigned(keyBytes, signed, signatures))) {
    throw new WebhookSignatureError('no-match', 'No signature of this webhook fits its body and the secret.');
  }
  try {
    return readWebhookEvent(new TextDecoder().decode(body));
  } catch {
    throw new WebhookSignatureError('bad-payload', 'The signature is right, but the body is not JSON.');
  }
}

function readSecret(secret: string): Bytes {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (!bytes) throw new TypeError('`secret` must be "whsec_" followed by base64.');
  return bytes;
}

function readHeader(headers: WebhookHeaders, name: string): string {
  const value = 'get' in headers && typeof headers.get === 'function' ? headers.get(name) : fromRecord(headers, name);
  if (!value) throw new WebhookSignatureError('missing-header', `The header "${name}" is missing.`);
  return value;
}

function fromRecord(headers: WebhookHeaders, name: string): string | undefined {
  for (const [key, value] of Object.entries(headers as Record<string, string | readonly string[] | undefined>)) {
    if (key.toLowerCase() === name) return typeof value === 'object' ? value.join(' ') : value;
  }
  return undefined;
}

function assertRecent(timestamp: string, now: number, tolerance: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookSignatureError('bad-timestamp', 'The header "webhook-timestamp" is not in whole seconds.');
  }
  const age = now - Number(timestamp);
  if (age > tolerance) throw new WebhookSignatureError('too-old', `The webhook is ${Math.round(age)} seconds old.`);
  if (-age > tolerance) {
    throw new WebhookSignatureError('too-new', `The webhook is ${Math.round(-age)} seconds ahead of this clock.`);
  }
}

/** WebCrypto compares in constant time. Signatures of versions yet unknown are passed over. */
async function isSigned(keyBytes: Bytes, signed: Bytes, signatures: string): Promise<boolean> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes, hmac, false, ['verify']);
  for (const signature of signatures.split(' ')) {
    const bytes = signature.startsWith('v1,') ? fromBase64(signature.slice(3)) : null;
    if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return true;
  }
  return false;
}

/** WebCrypto takes no bytes of shared memory. */
type Bytes = Uint8Array<ArrayBuffer>;

function fromBase64(text: string): Bytes | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function encode(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function join(first: Uint8Array, second: Uint8Array): Bytes {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
