export interface ServerSentEvent {
  event?: string;
  id?: string;
  /** A single line. */
  data: string;
}

export interface EventStreamOptions {
  /**
   * Sent after `pingMs` without other events, so that proxies keep the connection open and clients notice a dead one.
   */
  ping: ServerSentEvent;
  pingMs: number;
}

/** Buffered text at which the source must wait for the reader. */
const MAX_HELD = 64 * 1024;

/**
 * Creates the body of a `text/event-stream` response. Events from one turn of the event loop are sent as one chunk: an
 * answer from a fast model has dozens of small events, and each would cost its own system call.
 * Closes the source's iterator when the reader disconnects.
 */
export function eventStream(
  source: AsyncIterable<ServerSentEvent>,
  { ping, pingMs }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let held = '';
  let isQuiet = true;
  let isOpen = true;
  let wanted: () => void = () => {};
  let pings: NodeJS.Timeout;

  function flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (!isOpen || held === '') return;
    controller.enqueue(Buffer.from(held));
    held = '';
    isQuiet = false;
  }

  function hold(controller: ReadableStreamDefaultController<Uint8Array>, event: ServerSentEvent): void {
    if (held === '') setImmediate(flush, controller);
    held += format(event);
  }

  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    for (let next = await iterator.next(); isOpen && !next.done; next = await iterator.next()) {
      hold(controller, next.value);
      if (held.length < MAX_HELD && (controller.desiredSize ?? 1) > 0) continue;
      await new Promise<void>((resolve) => {
        wanted = resolve;
      });
    }
    if (!isOpen) return;
    flush(controller);
    end();
    controller.close();
  }

  function end(): void {
    isOpen = false;
    clearInterval(pings);
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        pings = setInterval(() => {
          if (isQuiet) hold(controller, ping);
          isQuiet = true;
        }, pingMs);
        pump(controller).catch((error) => {
          end();
          controller.error(error);
        });
      },
      pull: () => wanted(),
      async cancel() {
        end();
        wanted();
        await iterator.return?.();
      },
    },
    { highWaterMark: 4 },
  );
}

function format({ event, id, data }: ServerSentEvent): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n${id === undefined ? '' : `id: ${id}\n`}\n`;
}
