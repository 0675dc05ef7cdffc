import type { ConfigValue } from '@lorebox/contract/source';
import type { z } from 'zod';
import type { Clock, Log } from './runtime.ts';

/** What JSON can say; cursors and states of items are kept as such. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A kind of source that documents come from: one object in one file. It lists what is there; storing, rate limits, tries,
 * deletions and the schedule are the runner's business.
 */
export interface Connector {
  id: string;
  label: string;
  /** One sentence: what is synced. */
  description: string;
  reads: 'network' | 'folder';
  /** Flat; what is secret carries `.meta({ writeOnly: true })`. */
  configSchema: z.ZodObject;
  /** Polite by default; a source can say otherwise. */
  requestsPerSecond: number;
  /**
   * Items that may be opened at the same time, while `sync` goes on. Absent: one, before `sync` goes on; for those whose bytes
   * hang on where the listing is.
   */
  parallel?: number;
  /**
   * Cheap: whether address and credentials are good.
   * @throws AppError SOURCE_REFUSED with what to do, or as `SourceFetch` does.
   */
  check(context: ConnectorContext): Promise<void>;
  /**
   * One sync run. It may be cut at any place, and is then begun again with the last cursor that it gave.
   * @throws AppError; nothing is removed by a sync run that throws.
   */
  sync(context: SyncContext): AsyncIterable<SourceItem>;
  /** Calls `changed` when something has changed; for what lies on this machine. Returns how to stop. */
  watch?(context: ConnectorContext, changed: () => void): () => void;
}

export interface ConnectorContext {
  /** As `configSchema` has parsed it, secrets in the clear. */
  config: Record<string, ConfigValue | undefined>;
  host: SourceHost;
  signal: AbortSignal;
  /** Never hand it secrets or the text of items. */
  log: Log;
  clock: Clock;
}

export interface SyncContext extends ConnectorContext {
  /** What the connector gave last; null for the first sync run, and when everything is to be listed anew. */
  cursor: Json;
  /** What is kept of an item; null for one that is new. */
  known(externalId: string): Promise<KnownItem | null>;
}

export interface KnownItem {
  version: string;
  state: Json;
}

export type SourceItem =
  /** The sync run lists everything: what it does not name is removed after its end. Said once that is certain. */
  | { kind: 'full' }
  | UpsertItem
  /** It is there as it was; for those of whom the connector knows without a version. */
  | { kind: 'seen'; externalId: string }
  | { kind: 'delete'; externalId: string }
  /** It is there but can't be read; what is here of it stays. */
  | { kind: 'failed'; externalId: string; message: string }
  /** Everything before it is done: a sync run that is cut goes on from here, and so does the next one. */
  | { kind: 'cursor'; cursor: Json };

export interface UpsertItem {
  kind: 'upsert';
  /** Stable within the source, at most 2000 characters. */
  externalId: string;
  /** Changes with the content: a hash, an ETag, a time. Nothing is opened for one that is known. */
  version: string;
  filename: string;
  /** Absent: the one that the parser finds. */
  title?: string | undefined;
  contentType?: string | undefined;
  /** Where people find it. */
  url?: string | undefined;
  /** Bytes, if known: too large a one is refused unopened. */
  size?: number | undefined;
  metadata?: Record<string, string | number | boolean | null | undefined>;
  /** The connector's own notes about it, for `known`; at most 64 kB. */
  state?: Json;
  open(): AsyncIterable<Uint8Array>;
}

/** What the server lets a connector reach. */
export interface SourceHost {
  fetch: SourceFetch;
  /**
   * An address for protocols that are not HTTP, checked by the same rules: connect to this and to nothing else.
   * @throws AppError URL_REFUSED, or SOURCE_FAILED when there is no such host.
   */
  resolve(host: string, port: number): Promise<string>;
  /** The real path of a folder that may be read. @throws AppError SOURCE_REFUSED that says what to set. */
  folder(path: string): Promise<string>;
  /** The page as a browser sees it after its scripts ran. @throws AppError SOURCE_REFUSED when there is no browser. */
  render(url: string, signal: AbortSignal): Promise<string>;
}

/**
 * HTTP through the SSRF guard, at the pace of the source. Redirects are followed, each checked; credentials stay with the
 * origin that they were for. 429, 5xx and broken lines are tried again, and `Retry-After` is obeyed.
 * @throws AppError URL_REFUSED, SOURCE_REFUSED (401, 403), SOURCE_FAILED, RATE_LIMITED. Every other status is an answer.
 */
export type SourceFetch = (url: string | URL, request?: SourceRequest) => Promise<SourceResponse>;

export interface SourceRequest {
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string | undefined>;
  body?: string | Uint8Array;
  /** 401 and 403, where they are answers like any other. */
  allow?: readonly number[];
  /** Set by the runner. */
  signal?: AbortSignal;
}

/** The body has to be read or left by `drop`. */
export interface SourceResponse {
  status: number;
  /** After redirects. */
  url: URL;
  /** Lower-case names. */
  header(name: string): string | null;
  body: AsyncIterable<Uint8Array>;
  /** @throws AppError SOURCE_FAILED for a body of more than 32 MB, or none that is JSON. */
  json(): Promise<Json>;
  text(): Promise<string>;
  drop(): Promise<void>;
}

export interface ConnectorRegistry {
  /** Every connector there is, by its label. */
  list(): Promise<Connector[]>;
  find(id: string): Promise<Connector | null>;
}

/** Opens what one sync run may reach; `close` ends its connections. */
export interface SourceHosts {
  open(): SourceHost & { close(): Promise<void> };
}
