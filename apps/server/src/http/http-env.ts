import type { Actor } from '@lorebox/contract/actor';
import type { JsonBody } from '@lorebox/openapi';
import type { BucketState } from '../identity/throttle.ts';

/** Values that middleware and handlers share for one request. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    address: string;
    /** Whether a session cookie was set. */
    hasCookie?: boolean;
    limit?: BucketState;
    actor?: Actor;
    json?: Promise<JsonBody>;
  };
}
