import { isTrackedEnvelope } from '@trpc/server';
import type { Context } from 'hono';
import { eventStream, type ServerSentEvent } from './event-stream.ts';
import type { Problem } from './problem.ts';
import { toJson } from './response.ts';
import type { Route } from './routes.ts';

/**
 * An error within this time is returned with its status. After that the stream is open and the error becomes an event.
 */
const FIRST_EVENT_MS = 250;
const PING_MS = 15_000;

/**
 * Returns whether to send a stream: if the client requests one, or if the route has no other format and none was
 * requested.
 */
export function wantsStream(c: Context, { meta }: Route): boolean {
  const accept = c.req.header('accept') ?? '*/*';
  if (accept.includes('text/event-stream')) return true;
  return meta.collect === undefined && !accept.includes('application/json');
}

/** Yields the events of a subscription without their envelopes. */
async function* unwrapped(source: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const value of source) yield isTrackedEnvelope(value) ? value[1] : value;
}

const MAX_POLL_MS = 10_000;
/** After the first event, events within this time are added to the same response. */
const QUIET_MS = 50;
const MAX_POLLED = 1000;

/** Returns the currently available events of an endless stream. `leave` ends it. */
export async function poll(source: AsyncIterable<unknown>, leave: () => void): Promise<unknown[]> {
  const list: unknown[] = [];
  const iterator = unwrapped(source)[Symbol.asyncIterator]();
  try {
    while (list.length < MAX_POLLED) {
      const next = iterator.next();
      next.catch(() => {}); // ignore a late rejection
      const soon = await within(next, list.length === 0 ? MAX_POLL_MS : QUIET_MS);
      if (soon === null || soon.done) return list;
      list.push(soon.value);
    }
    return list;
  } finally {
    leave();
  }
}

export async function collect({ meta }: Route, source: AsyncIterable<unknown>): Promise<unknown> {
  const events = unwrapped(source);
  if (meta.collect) return meta.collect.from(events as AsyncIterable<never>);
  const list: unknown[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/**
 * Creates the `text/event-stream` response of a subscription: `id` if the procedure tracks its events, `event` from
 * their `type`. Throws the error of the procedure if it fails before its first event.
 */
export async function streamResponse(
  source: AsyncIterable<unknown>,
  options: { isResumed: boolean; toProblem(error: unknown): Problem; headers: Record<string, string> },
): Promise<Response> {
  const { isResumed, toProblem, headers } = options;
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  first.catch(() => {}); // awaited below, or by the stream
  const soon = await within(first, FIRST_EVENT_MS);
  // Browsers reconnect forever to a stream that simply ends. 204 tells them that there is nothing more.
  if (soon?.done && isResumed) return new Response(null, { status: 204, headers });

  async function* events(): AsyncGenerator<ServerSentEvent> {
    try {
      for (let next = await first; !next.done; next = await iterator.next()) yield toEvent(next.value);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return;
      yield { event: 'error', data: JSON.stringify(toProblem(error)) };
    } finally {
      await iterator.return?.();
    }
  }

  const body = eventStream(events(), { ping: { event: 'ping', data: '{}' }, pingMs: PING_MS });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

/** Resolves to the promise's value, or to null after `ms` milliseconds. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toEvent(value: unknown): ServerSentEvent {
  const [id, data] = isTrackedEnvelope(value) ? value : [undefined, value];
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  const event: ServerSentEvent = { data: toJson(data) };
  if (id !== undefined) event.id = id;
  if (typeof type === 'string' && /^[\w.-]+$/.test(type)) event.event = type;
  return event;
}
