import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError } from '@lorebox/contract/errors';
import type { IngestSignals, Security, SessionKeeper } from '@lorebox/core/core';
import type { SessionStore } from '@lorebox/ports/identity-stores';
import type { ParsedBlock, ParsedDocument, ParseFailure, ParseRequest, Parser } from '@lorebox/ports/parser';
import type { BlobStore, Log, Machine, UrlFetcher, WebhookSender } from '@lorebox/ports/runtime';
import type { TestClock } from './test-clock.ts';

const SESSION_MS = 30 * 24 * 3600_000;

export const digest = (text: string): string => hash('sha256', text);

/** Fast and deterministic replacements without slow hashes or encryption. */
export function createTestSecurity(sessions: SessionStore, clock: TestClock): Security {
  let tokens = 0;
  const createToken = () => `token-${++tokens}`;
  return {
    passwords: {
      hash: async (password) => `hash of ${password}`,
      verify: async (stored, password) => stored === `hash of ${password}`,
      isCommon: async (password) => ['password', 'password123', 'correct horse'].includes(password),
    },
    sessions: createTestSessions(sessions, clock, createToken),
    secrets: { createToken, digest },
    vault: {
      seal: (text) => `sealed ${text}`,
      open(sealed) {
        if (!sealed.startsWith('sealed ')) throw new Error('not sealed');
        return sealed.slice('sealed '.length);
      },
      sign: (text) => digest(`signed ${text}`),
      verify: (text, signature) => signature === digest(`signed ${text}`),
    },
  };
}

function createTestSessions(store: SessionStore, clock: TestClock, createToken: () => string): SessionKeeper {
  return {
    async start(userId) {
      const token = `session-${createToken()}`;
      const expiresAt = new Date(clock.now() + SESSION_MS);
      await store.create({ id: digest(token), userId, createdAt: clock.date, expiresAt });
      return { token, expiresAt };
    },
    async validate(token) {
      const found = await store.get(digest(token));
      if (!found || found.session.expiresAt <= clock.date) return null;
      return { sessionId: found.session.id, userId: found.session.userId };
    },
    end: (sessionId) => store.remove(sessionId),
    endAll: (userId) => store.removeOfUser(userId),
  };
}

/** Records log lines. */
export class TestLog implements Log {
  readonly lines: { level: 'debug' | 'info' | 'warn' | 'error'; message: string; fields: Record<string, unknown> }[] =
    [];

  debug(fields: Record<string, unknown>, message: string): void {
    this.lines.push({ level: 'debug', message, fields });
  }

  info(fields: Record<string, unknown>, message: string): void {
    this.lines.push({ level: 'info', message, fields });
  }

  warn(fields: Record<string, unknown>, message: string): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  error(fields: Record<string, unknown>, message: string): void {
    this.lines.push({ level: 'error', message, fields });
  }
}

/** Reads files as UTF-8 text, one block per paragraph. A paragraph that starts with "Menu:" is excluded. */
export class TestParser implements Parser {
  /** Makes files fail. */
  failure: ParseFailure | null = null;
  warnings: string[] = [];
  metadata: Record<string, string> = {};

  async parse({ path }: ParseRequest): Promise<ParsedDocument> {
    if (this.failure) throw this.failure;
    const text = await readFile(path, 'utf8');
    const blocks = [...text.matchAll(/\S[\s\S]*?(?=\n\n|$)/g)].flatMap((match) => readBlocks(match[0], match.index));
    return { text, blocks, format: 'text', metadata: this.metadata, warnings: this.warnings };
  }

  async close(): Promise<void> {}
}

/** A paragraph, or a table row for each line with cells. */
function readBlocks(text: string, start: number): ParsedBlock[] {
  const excluded = text.startsWith('Menu:') ? ({ excluded: 'navigation' } as const) : {};
  if (!text.includes(' | ')) return [{ kind: 'paragraph', start, end: start + text.length, ...excluded }];
  return [...text.matchAll(/[^\n]+/g)].map((line) => ({
    kind: 'table-row',
    start: start + line.index,
    end: start + line.index + line[0].length,
  }));
}

/**
 * Records the notifications of the ingest. `changed` resolves with the next `notify`, the signal, or the test clock.
 */
export class TestIngestSignals implements IngestSignals {
  wakes = 0;
  readonly aborted: string[] = [];
  private readonly clock: TestClock;
  private readonly listeners = new Set<() => void>();

  constructor(clock: TestClock) {
    this.clock = clock;
  }

  wake(): void {
    this.wakes += 1;
    this.notify();
  }

  abort(documentIds: readonly string[]): void {
    this.aborted.push(...documentIds);
  }

  notify(): void {
    for (const listener of [...this.listeners]) listener();
  }

  async changed(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const done = new AbortController();
    const stop = () => done.abort();
    this.listeners.add(stop);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    await this.clock.sleep(timeoutMs, done.signal);
    this.listeners.delete(stop);
    signal?.removeEventListener('abort', stop);
  }
}

interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Records requests and responds with `respond`. Addresses on `refused.example` are rejected. */
export class TestWebhookSender implements WebhookSender {
  readonly requests: WebhookRequest[] = [];
  respond: (request: WebhookRequest) => { status: number; retryAfter?: string } = () => ({ status: 200 });

  async check(url: string): Promise<void> {
    if (new URL(url).hostname === 'refused.example') throw new AppError('URL_REFUSED', 'This address is not allowed.');
  }

  async post(url: string, { headers, body }: { headers: Record<string, string>; body: string }) {
    const request = { url, headers, body };
    this.requests.push(request);
    const { status, retryAfter = null } = this.respond(request);
    return { status, retryAfter };
  }
}

/** Serves the pages that the test sets. */
export class TestUrlFetcher implements UrlFetcher {
  readonly pages = new Map<string, string>();
  private readonly blobs: BlobStore;

  constructor(blobs: BlobStore) {
    this.blobs = blobs;
  }

  async fetchToFile(url: string) {
    const page = this.pages.get(url);
    if (page === undefined) throw new AppError('BAD_REQUEST', `${url} responded with status 404.`);
    const filename = new URL(url).pathname.split('/').at(-1) || 'index.html';
    const details = { filename, contentType: 'text/plain', maxBytes: 1_000_000 };
    return { ...(await this.blobs.stage(bytesOf(page), details)), finalUrl: url };
  }
}

/** Returns a text as a stream with one chunk. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** A machine with enough disk space until the test changes it. */
export class TestMachine implements Machine {
  freeBytes = 100_000_000_000;
  isWritable = true;

  async disk() {
    return { freeBytes: this.freeBytes, minFreeBytes: 1_000_000_000 };
  }

  async isDataWritable(): Promise<boolean> {
    return this.isWritable;
  }

  async databaseBytes(): Promise<number> {
    return 2_000_000;
  }
}
