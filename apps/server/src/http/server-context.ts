import type { Core } from '@lorebox/core/core';
import type { Config } from '../config.ts';
import type { LoginLimits } from '../identity/login-limits.ts';
import type { RequestLimits } from '../identity/request-limits.ts';
import type { SessionCookie } from '../identity/session-cookie.ts';
import type { BodyReader } from './body/body-reader.ts';
import type { Idempotency } from './idempotency.ts';

/** Dependencies of all APIs. */
export interface ServerContext {
  core: Core;
  config: Config;
  state: AppState;
  logins: LoginLimits;
  requests: RequestLimits;
  /** Name and attributes of the session cookie. */
  cookie: SessionCookie;
  idempotency: Idempotency;
  bodies: BodyReader;
  /** A number that changes with every commit. */
  readVersion(): number;
}

interface AppState {
  isReady: boolean;
  /** Origins under which a browser may show this server. */
  ownOrigins: string[];
}
