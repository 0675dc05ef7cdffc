import type { ConfigValue } from '@lorebox/contract/source';
import type { z } from 'zod';
import type { Clock, Log } from './runtime.ts';

/** A JSON value. Cursors and item states are stored as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A kind of source that documents are synced from: one object in one file. A connector lists items. The runner handles
 * storage, rate limits, retries, deletions and the schedule.
 */
export interface Connector {
  id: string;
  label: string;
  /** One sentence that says what is synced. */
  description: string;
  reads: 'network' | 'folder';
  /** A flat object. Secret settings have `.meta({ writeOnly: true })`. */
  configSchema: z.ZodObject;
  /** Default rate limit. A source can override it. */
  requestsPerSecond: number;
  /**
   * Number of items that may be opened at the same time while `sync` continues. If absent, each item is opened before
   * `sync` continues; use this when the bytes depend on the position of the listing.
   */
  parallel?: number;
  /**
   * Checks quickly whether address and credentials work.
   * @throws AppError SOURCE_REFUSED with the next step for the user, or any error of `SourceFetch`.
   */
  check(context: ConnectorContext): Promise<void>;
  /**
   * Runs one sync. It can be interrupted at any point and is then restarted with the last cursor it yielded.
   * @throws AppError. A sync run that throws removes nothing.
   */
  sync(context: SyncContext): AsyncIterable<SourceItem>;
  /** Calls `changed` after a change, for sources on this machine. Returns a function that stops watching. */
  watch?(context: ConnectorContext, changed: () => void): () => void;
}

export interface ConnectorContext {
  /** Settings as parsed by `configSchema`, with decrypted secrets. */
  config: Record<string, ConfigValue | undefined>;
  host: SourceHost;
  signal: AbortSignal;
  /** Never pass secrets or item text to it. */
  log: Log;
  clock: Clock;
}

export interface SyncContext extends ConnectorContext {
  /** The last cursor the connector yielded. Null for the first sync run and for a full sync. */
  cursor: Json;
  /** Returns what is stored about an item, or null for a new item. */
  known(externalId: string): Promise<KnownItem | null>;
}

export interface KnownItem {
  version: string;
  state: Json;
}

export type SourceItem =
  /** The sync run lists everything, and items it doesn't list are removed at the end. Yield this once it is certain. */
  | { kind: 'full' }
  | UpsertItem
  /** The item exists and is unchanged. For items that the connector identifies without a version. */
  | { kind: 'seen'; externalId: string }
  | { kind: 'delete'; externalId: string }
  /** The item exists but can't be read. Its existing document is kept. */
  | { kind: 'failed'; externalId: string; message: string }
  /** Everything before this is done. An interrupted sync run resumes here, and the next one starts here. */
  | { kind: 'cursor'; cursor: Json };

export interface UpsertItem {
  kind: 'upsert';
  /** Stable within the source, at most 2000 characters. */
  externalId: string;
  /** Changes with the content, such as a hash, an ETag or a time. Items with a known version are not opened. */
  version: string;
  filename: string;
  /** If absent, the title found by the parser is used. */
  title?: string | undefined;
  contentType?: string | undefined;
  /** URL for people. */
  url?: string | undefined;
  /** Size in bytes, if known. Items that are too large are rejected without opening them. */
  size?: number | undefined;
  metadata?: Record<string, string | number | boolean | null | undefined>;
  /** Connector data about the item, returned by `known`. At most 64 kB. */
  state?: Json;
  open(): AsyncIterable<Uint8Array>;
}

/** What a connector can access through the server. */
export interface SourceHost {
  fetch: SourceFetch;
  /**
   * Returns an IP address for protocols other than HTTP, checked by the same rules. Connect only to this address.
   * @throws AppError URL_REFUSED, or SOURCE_FAILED when the host doesn't exist.
   */
  resolve(host: string, port: number): Promise<string>;
  /**
   * Returns the real path of a folder that may be read. @throws AppError SOURCE_REFUSED that names the setting to
   * change.
   */
  folder(path: string): Promise<string>;
  /** Returns the page after its scripts ran in a browser. @throws AppError SOURCE_REFUSED when there is no browser. */
  render(url: string, signal: AbortSignal): Promise<string>;
}

/**
 * HTTP through the SSRF guard, at the rate limit of the source. Follows redirects and checks each one; credentials are
 * only sent to the origin they belong to. Retries 429, 5xx and broken connections, and respects `Retry-After`.
 * @throws AppError URL_REFUSED, SOURCE_REFUSED (401, 403), SOURCE_FAILED, RATE_LIMITED. Returns a response for every
 * other status.
 */
export type SourceFetch = (url: string | URL, request?: SourceRequest) => Promise<SourceResponse>;

export interface SourceRequest {
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string | undefined>;
  body?: string | Uint8Array;
  /** Statuses to return as ordinary responses: 401 and 403. */
  allow?: readonly number[];
  /** Set by the runner. */
  signal?: AbortSignal;
}

/** Read the body or discard it with `drop`. */
export interface SourceResponse {
  status: number;
  /** After redirects. */
  url: URL;
  /** `name` in lowercase. */
  header(name: string): string | null;
  body: AsyncIterable<Uint8Array>;
  /** @throws AppError SOURCE_FAILED if the body is larger than 32 MB or is not JSON. */
  json(): Promise<Json>;
  text(): Promise<string>;
  drop(): Promise<void>;
}

export interface ConnectorRegistry {
  /** Returns all connectors, sorted by label. */
  list(): Promise<Connector[]>;
  find(id: string): Promise<Connector | null>;
}

/** Opens the host access for one sync run. `close` ends its connections. */
export interface SourceHosts {
  open(): SourceHost & { close(): Promise<void> };
}
