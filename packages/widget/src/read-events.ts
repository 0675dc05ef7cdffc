/** One server-sent event. */
export interface ReceivedEvent {
  id: string | null;
  name: string | null;
  data: string;
}

/** Reads the events of a `text/event-stream` response, in whatever pieces they arrive. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ReceivedEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      held += decoder.decode(value, { stream: !done }).replaceAll('\r', '');
      let end = held.indexOf('\n\n');
      while (end >= 0) {
        yield parseEvent(held.slice(0, end));
        held = held.slice(end + 2);
        end = held.indexOf('\n\n');
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parseEvent(block: string): ReceivedEvent {
  const event: ReceivedEvent = { id: null, name: null, data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).replace(/^ /, '');
    const field = line.slice(0, colon);
    if (field === 'id') event.id = value;
    else if (field === 'event') event.name = value;
    else if (field === 'data') data.push(value);
  }
  event.data = data.join('\n');
  return event;
}
