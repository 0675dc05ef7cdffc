import { createHash } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { AppError } from '@lorebox/contract/errors';
import type { JsonBody } from '@lorebox/openapi';
import type { Context } from 'hono';
import type { HttpEnv } from '../http-env.ts';
import { JsonThread } from './json-thread.ts';
import { parseJson } from './parse-json.ts';
import { readBytes } from './read-bytes.ts';

/** Maximum body size without a credential. A login is 300 bytes. */
export const MAX_PUBLIC_BYTES = 64 * 1024;
/** Maximum body size of a call unless its procedure sets `largeBody`. */
export const MAX_CALL_BYTES = 1024 * 1024;
/** Larger bodies are parsed off the event loop. */
const MAX_INLINE_BYTES = 256 * 1024;
/**
 * Maximum total size of all bodies that are being read or parsed. Beyond it, bodies above `MAX_CALL_BYTES` are
 * rejected.
 */
const MAX_HELD_BYTES = 512 * 1024 * 1024;
const BUSY_RETRY_SECONDS = 5;
const DRAIN_MS = 5000;

export interface BodyLimits {
  idleMs: number;
}

/** Reads JSON bodies for all APIs: within limits, once per request, and without blocking other requests. */
export class BodyReader {
  private readonly thread = new JsonThread();
  private readonly idleMs: number;
  private heldBytes = 0;

  constructor({ idleMs }: BodyLimits) {
    this.idleMs = idleMs;
  }

  /**
   * Returns the parsed JSON body of a request; repeated calls return the same promise. The caller must authenticate the
   * sender first or pass `MAX_PUBLIC_BYTES`.
   * @throws AppError BAD_REQUEST, TOO_LARGE, TIMEOUT, RATE_LIMITED, CANCELLED.
   */
  readJson(c: Context<HttpEnv>, maxBytes: number): Promise<JsonBody> {
    let body = c.get('json');
    if (!body) {
      body = this.read(c, maxBytes);
      c.set('json', body);
    }
    return body;
  }

  close(): Promise<void> {
    return this.thread.close();
  }

  private async read(c: Context<HttpEnv>, maxBytes: number): Promise<JsonBody> {
    const { incoming } = c.env as HttpBindings;
    const hash = createHash('sha256');
    let held = 0;
    const onChunk = (chunk: Buffer) => {
      hash.update(chunk);
      held += chunk.length;
      this.heldBytes += chunk.length;
      if (held > MAX_CALL_BYTES && this.heldBytes > MAX_HELD_BYTES) throw busy();
    };
    try {
      const bytes = await readBytes(incoming, { maxBytes, idleMs: this.idleMs, onChunk });
      const digest = hash.digest('base64url');
      const isSmall = bytes.length <= MAX_INLINE_BYTES;
      return { value: isSmall ? parseJson(bytes) : await this.thread.parse(toOwned(bytes)), digest };
    } catch (error) {
      // Most clients read the response only after they have sent the whole body.
      if (error instanceof AppError && error.code === 'TOO_LARGE' && maxBytes > MAX_PUBLIC_BYTES) await drain(incoming);
      throw error;
    } finally {
      this.heldBytes -= held;
    }
  }
}

function busy(): AppError {
  const message = `Too many large requests at once. Wait ${BUSY_RETRY_SECONDS} seconds.`;
  return new AppError('RATE_LIMITED', message, { retryAfter: BUSY_RETRY_SECONDS });
}

/** Small buffers are slices of a shared buffer, which cannot be transferred to a thread. */
function toOwned(bytes: Buffer): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole && bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
}

/** Reads and discards the rest of the body for a limited time. */
function drain(incoming: HttpBindings['incoming']): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DRAIN_MS);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    incoming.once('end', end).once('close', end).resume();
  });
}
