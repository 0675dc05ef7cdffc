import type { Context as TrpcContext } from '@lorebox/api/trpc';
import type { Actor, Origin } from '@lorebox/contract/actor';
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
  /** Told who it is. */
  onActor?(actor: Actor): void;
}

export function createTrpcContext(
  { core, logins, requests }: Pick<Serving, 'core' | 'logins' | 'requests'>,
  { secret, onLimit, onActor, ...rest }: Caller,
): TrpcContext {
  const { address, requestId } = rest;
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
        const actor = withOrigin(await resolveActor(core, secret), { address, requestId });
        onActor?.(actor);
        return actor;
      } catch (error) {
        logins.failed(address);
        throw error;
      }
    },
  };
}

const withOrigin = (actor: Actor, origin: Origin): Actor => (actor.kind === 'system' ? actor : { ...actor, origin });
