import type { Context as TrpcContext } from '@lorebox/api/trpc';
import type { Actor, Origin } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '@lorebox/core/core';
import { resolveActor } from '@lorebox/core/identity/resolve-actor';
import { callerOf } from '@lorebox/core/limits/ceilings';
import { requireToken } from '../identity/request-limits.ts';
import type { BucketState } from '../identity/throttle.ts';
import type { ServerContext } from './server-context.ts';

export interface Caller {
  /** Null if none was sent. */
  secret: string | null;
  address: string;
  requestId: string;
  signal: TrpcContext['signal'];
  setSessionCookie: TrpcContext['setSessionCookie'];
  /** Called with the state of the caller's rate limit, before the call is rejected because of it. */
  onLimit(state: BucketState): void;
  /** Separate stream limit of a connection that several calls share. */
  socket?: { name: string; maxStreams: number };
  /** Called when the caller is authenticated. */
  onActor?(actor: Actor): void;
}

export function createTrpcContext(
  { core, logins, requests }: Pick<ServerContext, 'core' | 'logins' | 'requests'>,
  { secret, onLimit, onActor, socket, ...rest }: Caller,
): TrpcContext {
  const { address, requestId } = rest;
  return {
    core,
    ...rest,
    throttle: {
      login: (account) => logins.login(address, account),
      loginSucceeded: (account) => logins.succeeded(address, account),
      view: () => logins.view(address),
      async request(actor) {
        const state = await requests.ofActor(actor);
        if (state) onLimit(state);
        requireToken(state);
      },
      enter: (actor, kind) => enterCall(core, actor, kind, socket),
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

function enterCall(core: Core, actor: Actor, kind: 'call' | 'stream', socket: Caller['socket']): () => void {
  const { ceilings, settings: limits } = core.limits;
  const caller = callerOf(actor);
  if (kind === 'call') return ceilings.enter(`calls of ${caller}`, limits.callsPerCaller, 'calls in progress');
  const leaveCaller = ceilings.enter(`streams of ${caller}`, limits.streamsPerCaller, 'open streams');
  if (!socket) return leaveCaller;
  try {
    const leaveSocket = ceilings.enter(
      `streams on ${socket.name}`,
      socket.maxStreams,
      'streams open on this WebSocket',
    );
    return () => {
      leaveCaller();
      leaveSocket();
    };
  } catch (error) {
    leaveCaller();
    throw error;
  }
}
const withOrigin = (actor: Actor, origin: Origin): Actor => (actor.kind === 'system' ? actor : { ...actor, origin });
