import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** An event of a `text/event-stream`. */
export interface StreamEvent {
  type: string;
  data: string;
  /** The last event id, from this event or an earlier one. */
  lastEventId: string;
}

/** Parses events as they arrive. `onRetry` receives the reconnection delay in milliseconds that the server requests. */
export async function* parseEvents(
  body: ReadableStream<Uint8Array>,
  lastEventId: string,
  onRetry: (ms: number) => void,
): AsyncGenerator<StreamEvent> {
  let id = lastEventId;
  let events: StreamEvent[] = [];
  const parser = createParser({
    onId: (value) => {
      id = value;
    },
    onEvent: ({ event, data }: EventSourceMessage) => {
      events.push({ type: event || 'message', data, lastEventId: id });
    },
    onRetry,
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const parsed = events;
      events = [];
      yield* parsed;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
