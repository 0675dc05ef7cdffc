import type { Core } from '@lorebox/core/core';
import type { Env } from '../env.ts';
import type { LoginLimits } from '../identity/login-limits.ts';
import type { RequestLimits } from '../identity/request-limits.ts';
import type { SessionCookie } from '../identity/session-cookie.ts';
import type { BodyReader } from './body/body-reader.ts';
import type { Idempotency } from './idempotency.ts';

/** What every surface is mounted with. */
export interface ServerContext {
  core: Core;
  env: Env;
  state: AppState;
  logins: LoginLimits;
  requests: RequestLimits;
  /** How the session cookie is called and sent. */
  cookie: SessionCookie;
  idempotency: Idempotency;
  bodies: BodyReader;
  /** Another number whenever something was committed. */
  readVersion(): number;
}

interface AppState {
  isReady: boolean;
  /** Addresses that a browser may show for this server. */
  ownOrigins: string[];
}
