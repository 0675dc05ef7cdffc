import type { ResponseInfo } from './response-info.ts';

/** Context of a call. A type, because tRPC needs it to be indexable. */
export type RequestContext = {
  idempotencyKey?: string;
  attempt?: number;
  onResponse?: (response: ResponseInfo) => void;
};
