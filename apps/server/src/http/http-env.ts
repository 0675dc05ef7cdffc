import type { Actor } from '@lorebox/contract/actor';
import type { JsonBody } from '@lorebox/openapi';
import type { BucketState } from '../identity/throttle.ts';

/** What middleware and handlers share about one request. */
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
