import type { z } from 'zod';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Options in `meta({ openapi: { ... } })` of a procedure. A procedure without them has no REST route. */
export interface OpenApiMeta {
  method: HttpMethod;
  /** Path after the prefix. `{name}` is the input property with that name. */
  path: `/${string}`;
  tags?: readonly string[];
  /** One line, shown in lists of operations. */
  summary?: string;
  /** Markdown. */
  description?: string;
  /** Unique in the document. Default: the path of the procedure in camel case ("documents.list" -> "documentsList"). */
  operationId?: string;
  deprecated?: boolean;
  /** Scopes that the credential needs. Added to the security requirements of the operation. */
  scopes?: readonly string[];
  /** True for operations that need no credential. */
  public?: boolean;
  /** Success status. Default: 200. 204 sends no body. */
  status?: 200 | 201 | 202 | 204;
  /** Media type of the request body. Default: "application/json". Forms are read by `MountOptions.readForm`. */
  contentType?: 'application/json' | 'multipart/form-data';
  /** The form fields as JSON Schema. Used only in the document. */
  form?: object;
  /** Input properties sent as headers: header name -> property. */
  headers?: Readonly<Record<string, string>>;
  /** Subscriptions: the schema of one event. */
  event?: z.ZodType;
  /**
   * Subscriptions: the response to `Accept: application/json`, built from all events. Default: a list of the events.
   */
  collect?: { schema: z.ZodType; from(events: AsyncIterable<never>): Promise<unknown> };
  /**
   * Downloads: the output of the procedure describes bytes, and the route sends them, whole or by `Range`; see
   * `MountOptions.openDownload`. Lists the possible media types for the document.
   */
  download?: readonly string[];
  /**
   * Subscriptions that never end: `Accept: application/json` waits for events and returns them, or an empty list after
   * ten seconds. Clients that send the last id back can poll it like a queue.
   */
  endless?: boolean;
  /** Sample input and output as JSON. */
  example?: { input?: unknown; output?: unknown };
}

export interface WithOpenApi {
  openapi?: OpenApiMeta;
}
