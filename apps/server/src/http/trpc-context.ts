import type { Throttle, Context as TrpcContext } from '@lorebox/api/trpc';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '@lorebox/core/core';
import { resolveActor } from '@lorebox/core/identity/resolve-actor';
import { TokenBuckets } from '../identity/throttle.ts';

/** Logins: a burst of ten, then one in six seconds, per account and per address; and a bound for the whole server. */
export class LoginLimits {
  private readonly byAccount = new TokenBuckets(10, 60_000);
  private readonly byAddress = new TokenBuckets(30, 60_000);
  private readonly everyone = new TokenBuckets(300, 60_000);
  /** Wrong keys and dead sessions. */
  private readonly badCredentials = new TokenBuckets(120, 60_000);

  throttleFor(address: string): Throttle {
    return {
      login: (account) => {
        this.everyone.take('all');
        this.byAddress.take(address);
        this.byAccount.take(account.normalize('NFKC').toLowerCase());
      },
      loginSucceeded: (account) => this.byAccount.refund(account.normalize('NFKC').toLowerCase()),
    };
  }

  failed(address: string): void {
    this.badCredentials.take(address);
  }
}

export interface Caller {
  core: Core;
  limits: LoginLimits;
  /** Null when nothing was sent. */
  secret: string | null;
  address: string;
  requestId: string;
  signal: TrpcContext['signal'];
  setSessionCookie: TrpcContext['setSessionCookie'];
}

export function createTrpcContext({ core, limits, secret, address, ...rest }: Caller): TrpcContext {
  return {
    core,
    ...rest,
    throttle: limits.throttleFor(address),
    async authenticate() {
      if (secret === null) throw new AppError('UNAUTHENTICATED');
      try {
        return await resolveActor(core, secret);
      } catch (error) {
        limits.failed(address);
        throw error;
      }
    },
  };
}
