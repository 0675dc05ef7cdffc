// Public API of the package.

export { listUndescribed } from './describe-properties.ts';
export { createOpenApiDocument, type DocumentOptions, type OpenApiDocument } from './document.ts';
export { type Download, downloadResponse, RangeNotSatisfiable, rangeProblemResponse } from './download.ts';
export { type EventStreamOptions, eventStream, type ServerSentEvent } from './event-stream.ts';
export {
  createMemoryIdempotencyStore,
  type IdempotencyStore,
  type OnceRequest,
  runOnce,
  type StoredResponse,
} from './idempotency.ts';
export type { HttpMethod, OpenApiMeta, WithOpenApi } from './meta.ts';
export { type MountOptions, mountOpenApi } from './mount.ts';
export { PROBLEM_TYPE, type Problem, problemResponse } from './problem.ts';
export type { JsonBody } from './request.ts';
export { collectRoutes, type Route } from './routes.ts';
