import type { Context as TrpcContext } from '@lorebox/api/trpc';
import { AppError } from '@lorebox/contract/errors';
import { resolveActor } from '@lorebox/core/identity/resolve-actor';
import { assertGranted } from '../identity/request-limits.ts';
import type { BucketState } from '../identity/throttle.ts';
import type { Serving } from './serving.ts';

export interface Caller {
  /** Null when nothing was sent. */
  secret: string | null;
  address: string;
  requestId: string;
  signal: TrpcContext['signal'];
  setSessionCookie: TrpcContext['setSessionCookie'];
  /** Told how a limit of the caller stands, before the call is refused for it. */
  onLimit(state: BucketState): void;
}

export function createTrpcContext(
  { core, logins, requests }: Pick<Serving, 'core' | 'logins' | 'requests'>,
  { secret, address, onLimit, ...rest }: Caller,
): TrpcContext {
  return {
    core,
    ...rest,
    throttle: {
      login: (account) => logins.login(address, account),
      loginSucceeded: (account) => logins.succeeded(account),
      async request(actor) {
        const state = await requests.ofActor(actor);
        if (state) onLimit(state);
        assertGranted(state);
      },
    },
    async authenticate() {
      if (secret === null) throw new AppError('UNAUTHENTICATED');
      try {
        return await resolveActor(core, secret);
      } catch (error) {
        logins.failed(address);
        throw error;
      }
    },
  };
}
