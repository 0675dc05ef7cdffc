/** One event of a `text/event-stream`. */
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
  let type = '';
  let data: string[] = [];
  for await (const line of readLines(body)) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?([\s\S]*))?$/.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) yield { type: type || 'message', data: data.join('\n'), lastEventId };
      type = '';
      data = [];
    } else if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) lastEventId = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  }
}

/** Lines end with CR, LF or both. An incomplete event at the end is discarded. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A CR at the very end may be the first half of CR LF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
