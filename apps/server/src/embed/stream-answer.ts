import type { Visitor } from '@lorebox/core/embed/session';
import { watchEmbedded } from '@lorebox/core/embed/watch-embedded';
import { eventStream, type ServerSentEvent } from '@lorebox/openapi';
import type { Context } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerContext } from '../http/server-context.ts';

const PING_MS = 15_000;
const PING = { event: 'ping', data: '' };
const MAX_STREAMS_PER_SESSION = 4;
const MAX_STREAMS_PER_ADDRESS = 100;

/** Streams the events of an answer after the last received one. The answer continues when the visitor leaves. */
export function streamAnswer(
  c: Context<HttpEnv>,
  { core }: ServerContext,
  visitor: Visitor,
  input: { answerId: string; lastEventId?: string | undefined },
): Response {
  const { ceilings } = core.limits;
  const leaveSession = ceilings.enter(
    `streams of session ${visitor.session.id}`,
    MAX_STREAMS_PER_SESSION,
    'open streams of this conversation',
  );
  let leaveAddress: () => void;
  try {
    const name = `widget streams of ${c.get('address')}`;
    leaveAddress = ceilings.enter(name, MAX_STREAMS_PER_ADDRESS, 'open streams of this address');
  } catch (error) {
    leaveSession();
    throw error;
  }
  const { signal } = c.req.raw;
  const leave = () => {
    leaveSession();
    leaveAddress();
  };
  signal.addEventListener('abort', leave, { once: true });
  async function* events(): AsyncGenerator<ServerSentEvent> {
    try {
      for await (const { seq, event } of watchEmbedded(core, visitor, input, signal))
        yield { id: String(seq), data: JSON.stringify(event) };
    } finally {
      leave();
    }
  }
  return sendEvents(c, events());
}

export function sendEvents(c: Context<HttpEnv>, events: AsyncIterable<ServerSentEvent>): Response {
  return c.body(eventStream(events, { ping: PING, pingMs: PING_MS }), 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
}
