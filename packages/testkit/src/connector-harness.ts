import { AppError } from '@lorebox/contract/errors';
import type { ConfigValue } from '@lorebox/contract/source';
import type { Connector, Json, KnownItem, SourceFetch, SourceHost, SourceItem } from '@lorebox/ports/connector';

export interface KeptItem extends KnownItem {
  filename: string;
  title: string | undefined;
  url: string | undefined;
  contentType: string | undefined;
  metadata: Record<string, unknown>;
  bytes: Buffer;
  pass: number;
}

export interface PassReport {
  opened: string[];
  seen: string[];
  removed: string[];
  failed: { externalId: string; message: string }[];
  isFull: boolean;
}

/** Runs a connector like the real runner, but in memory, for tests of the connector alone. */
export class ConnectorHarness {
  readonly items = new Map<string, KeptItem>();
  readonly connector: Connector;
  config: Record<string, ConfigValue>;
  cursor: Json = null;
  private readonly host: SourceHost;
  /** Incremented after a complete sync run, like in the real runner: items seen before an interruption count. */
  private pass = 1;

  constructor(connector: Connector, config: Record<string, ConfigValue>, host: Partial<SourceHost> = {}) {
    this.connector = connector;
    this.config = config;
    this.host = { fetch: plainFetch, resolve: async (name) => name, folder: nothing, render: nothing, ...host };
  }

  check(): Promise<void> {
    return this.connector.check(this.context(new AbortController().signal));
  }

  /** Runs one sync. `cutAfter` stops it after that many items, as a kill would. @throws what the connector throws. */
  async sync({ cutAfter = Number.POSITIVE_INFINITY } = {}): Promise<PassReport> {
    const report: PassReport = { opened: [], seen: [], removed: [], failed: [], isFull: false };
    const controller = new AbortController();
    const context = {
      ...this.context(controller.signal),
      cursor: this.cursor,
      known: async (externalId: string) => this.items.get(externalId) ?? null,
    };
    let taken = 0;
    for await (const item of this.connector.sync(context)) {
      if (taken >= cutAfter) {
        controller.abort(new Error('cut'));
        return report;
      }
      if (item.kind === 'upsert') taken += 1;
      await this.take(item, report);
    }
    if (report.isFull) this.sweep(report);
    this.pass += 1;
    return report;
  }

  text(externalId: string): string {
    return this.items.get(externalId)?.bytes.toString('utf8') ?? '';
  }

  private context(signal: AbortSignal) {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const config = this.connector.configSchema.parse(this.config) as Record<string, ConfigValue | undefined>;
    return { config, host: this.host, signal, log, clock: { now: Date.now } };
  }

  private async take(item: SourceItem, report: PassReport): Promise<void> {
    if (item.kind === 'full') report.isFull = true;
    else if (item.kind === 'cursor') this.cursor = structuredClone(item.cursor) as Json;
    else if (item.kind === 'delete') this.remove(item.externalId, report);
    else if (item.kind === 'seen' || item.kind === 'failed') {
      const known = this.items.get(item.externalId);
      if (known) known.pass = this.pass;
      if (item.kind === 'failed') report.failed.push(item);
      else report.seen.push(item.externalId);
    } else {
      const known = this.items.get(item.externalId);
      if (known?.version === item.version) {
        known.pass = this.pass;
        report.seen.push(item.externalId);
        return;
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of item.open()) chunks.push(chunk);
      report.opened.push(item.externalId);
      const { version, filename, title, url, contentType, metadata = {}, state = null } = item;
      const kept = { version, filename, title, url, contentType, metadata, state: structuredClone(state) as Json };
      this.items.set(item.externalId, { ...kept, bytes: Buffer.concat(chunks), pass: this.pass });
    }
  }

  private sweep(report: PassReport): void {
    for (const [id, { pass }] of this.items) if (pass !== this.pass) this.remove(id, report);
  }

  private remove(id: string, report: PassReport): void {
    if (this.items.delete(id)) report.removed.push(id);
  }
}

const nothing = () => Promise.reject(new Error('not in this test'));

const TRIES = 3;

/**
 * Fetches like the server without network guard and rate limiting: 429 and 5xx are retried, 401 and 403 are rejected.
 */
export const plainFetch: SourceFetch = async (url, { method = 'GET', headers = {}, body, allow = [] } = {}) => {
  for (let attempt = 1; ; attempt += 1) {
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(url, {
      method,
      headers: given,
      ...(body !== undefined && { body: Buffer.from(body) }),
    });
    const isFault = response.status === 429 || response.status >= 500;
    if (isFault && attempt < TRIES) continue;
    if (isFault) throw new AppError('SOURCE_FAILED', `${response.url} responded with status ${response.status}.`);
    const isRefused = (response.status === 401 || response.status === 403) && !allow.includes(response.status);
    if (isRefused) throw new AppError('SOURCE_REFUSED', `refused with status ${response.status}`);
    return {
      status: response.status,
      url: new URL(response.url),
      header: (name) => response.headers.get(name),
      body: (response.body ?? new ReadableStream()) as AsyncIterable<Uint8Array>,
      async json() {
        try {
          return (await response.json()) as Json;
        } catch (cause) {
          throw new AppError('SOURCE_FAILED', `${response.url} returned a response that is not JSON.`, { cause });
        }
      },
      text: () => response.text(),
      async drop() {
        await response.body?.cancel().catch(() => {});
      },
    };
  }
};
