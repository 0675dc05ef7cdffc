import type { z } from 'zod';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What stands beside a procedure as `meta({ openapi: { ... } })`. A procedure without it has no REST route. */
export interface OpenApiMeta {
  method: HttpMethod;
  /** Below the prefix; `{name}` takes the input's property of that name. */
  path: `/${string}`;
  tags?: readonly string[];
  /** One line, for lists of operations. */
  summary?: string;
  /** Markdown. */
  description?: string;
  /** Unique in the document; default: the procedure's path in camel case ("documents.list" -> "documentsList"). */
  operationId?: string;
  deprecated?: boolean;
  /** What the credential must be allowed to do: goes into the security requirements of the operation. */
  scopes?: readonly string[];
  /** True for operations that need no credential. */
  public?: boolean;
  /** Status of success; default 200. 204 sends no body. */
  status?: 200 | 201 | 202 | 204;
  /** What the body is sent as; default "application/json". A form is read by `MountOptions.readForm`. */
  contentType?: 'application/json' | 'multipart/form-data';
  /** The fields of a form as JSON Schema, for the document alone. */
  form?: object;
  /** Input properties that come as headers instead: header name -> property. */
  headers?: Readonly<Record<string, string>>;
  /** Subscriptions: the schema of one event. */
  event?: z.ZodType;
  /** Subscriptions: what `Accept: application/json` answers, made from all events; default: the list of them. */
  collect?: { schema: z.ZodType; from(events: AsyncIterable<never>): Promise<unknown> };
  /**
   * Downloads: the procedure's output tells about bytes, and the route sends them, whole or by `Range`; see
   * `MountOptions.openDownload`. The media types that they may have, for the document.
   */
  download?: readonly string[];
  /**
   * Subscriptions that never end by themselves: `Accept: application/json` waits for something and answers what has come
   * then, an empty list after ten seconds. With the last id sent back, that is a queue to poll.
   */
  endless?: boolean;
  /** An input and what it may answer, as they look on the wire. */
  example?: { input?: unknown; output?: unknown };
}

export interface WithOpenApi {
  openapi?: OpenApiMeta;
}
