import { readWebhookEvent, type WebhookEvent } from './webhook-event.ts';

/** `Headers`, or the plain headers object of Node's requests. Names are case-insensitive. */
export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>;

export interface VerifyWebhookOptions {
  /** The raw request body, not parsed and serialized again: the signature covers its exact bytes. */
  payload: string | Uint8Array;
  headers: WebhookHeaders;
  /** The signing secret that the server returned when the webhook was created: "whsec_" followed by base64. */
  secret: string;
  /** Maximum difference in seconds between the message timestamp and `now`. Default: 300. */
  tolerance?: number;
  /** Default: the current time. */
  now?: Date;
}

export type WebhookSignatureProblem =
  | 'missing-header'
  | 'bad-timestamp'
  | 'too-old'
  | 'too-new'
  | 'no-match'
  | 'bad-payload';

/** The request is not a recent webhook from this server. Respond with 400 and ignore it. */
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
 * Verifies the signature of a webhook (Standard Webhooks, `v1`: HMAC-SHA-256) and returns the event. Works in every
 * runtime with WebCrypto. While a secret is being rotated, messages carry one signature per secret; one match is enough.
 * The server retries a delivery without a response, so store the `webhook-id`s that you have processed.
 * @throws WebhookSignatureError when the message is forged, modified, or too old.
 * @throws TypeError when the secret is invalid.
 * @example
 * // Works in Bun, Deno, Hono, Next.js and every other runtime with `Request` and `Response`.
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
    throw new WebhookSignatureError('no-match', 'No signature matches the body and the secret.');
  }
  try {
    return readWebhookEvent(new TextDecoder().decode(body));
  } catch {
    throw new WebhookSignatureError('bad-payload', 'The signature is valid, but the body is not JSON.');
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
    throw new WebhookSignatureError('bad-timestamp', 'The header "webhook-timestamp" must be in whole seconds.');
  }
  const age = now - Number(timestamp);
  if (age > tolerance)
    throw new WebhookSignatureError('too-old', `The webhook is too old (${Math.round(age)} seconds).`);
  if (-age > tolerance) {
    throw new WebhookSignatureError(
      'too-new',
      `The webhook timestamp is ${Math.round(-age)} seconds in the future. Check the clock of this machine.`,
    );
  }
}

/** WebCrypto compares in constant time. Unknown signature versions are ignored. */
async function isSigned(keyBytes: Bytes, signed: Bytes, signatures: string): Promise<boolean> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes, hmac, false, ['verify']);
  for (const signature of signatures.split(' ')) {
    const bytes = signature.startsWith('v1,') ? fromBase64(signature.slice(3)) : null;
    if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return true;
  }
  return false;
}

/** WebCrypto doesn't accept bytes in shared memory. */
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
