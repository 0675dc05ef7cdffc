import type { Core } from '@lorebox/core/core';
import type { Config } from '../config.ts';
import type { LoginLimits } from '../identity/login-limits.ts';
import type { RequestLimits } from '../identity/request-limits.ts';
import type { SessionCookie } from '../identity/session-cookie.ts';
import type { BodyReader } from './body/body-reader.ts';
import type { Idempotency } from './idempotency.ts';

/** What every surface is mounted with. */
export interface ServerContext {
  core: Core;
  config: Config;
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
