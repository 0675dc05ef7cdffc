import { parseEvents } from './parse-events.ts';
import { pause } from './pause.ts';

export interface EventSourceOptions {
  fetch: typeof globalThis.fetch;
  headers: Record<string, string>;
  /** Returns the error for the "error" listeners when the server doesn't respond with a stream. */
  readRefusal(response: Response): Promise<object>;
}

type Listener = (event: object) => void;

const FIRST_RETRY_MS = 1000;
const MAY_PASS: readonly number[] = [408, 429, 500, 502, 503, 504];

/**
 * The part of EventSource that tRPC needs, based on `fetch`: the EventSource in browsers can't send headers, and Node
 * has none. A dropped connection is reopened after a delay, with the id of the last event. `readyState` distinguishes a
 * reconnect from the end.
 */
export class FetchEventSource {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readyState: number = this.CONNECTING;
  private readonly url: string;
  private readonly options: EventSourceOptions;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly abort = new AbortController();
  private lastEventId = '';
  private retryMs = FIRST_RETRY_MS;

  constructor(url: string, options: EventSourceOptions) {
    this.url = url;
    this.options = options;
    void this.run();
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener);
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.abort.abort();
  }

  private async run(): Promise<void> {
    await null; // listeners are added after the constructor
    while (this.readyState !== this.CLOSED) {
      let wait = 0;
      try {
        wait = await this.readOnce();
      } catch (error) {
        if (!this.abort.signal.aborted) this.lose(error as object);
      }
      await pause(Math.max(wait, this.retryMs * (0.5 + Math.random())), this.abort.signal).catch(() => {});
    }
  }

  /** Reads one connection until it ends. Returns the reconnection delay in milliseconds that the server requested. */
  private async readOnce(): Promise<number> {
    const { fetch, headers, readRefusal } = this.options;
    const { signal } = this.abort;
    const resume: Record<string, string> = this.lastEventId === '' ? {} : { 'last-event-id': this.lastEventId };
    const response = await fetch(this.url, {
      headers: { ...headers, accept: 'text/event-stream', ...resume },
      signal,
    });
    const { ok, status, body } = response;
    if (ok && body && response.headers.get('content-type')?.startsWith('text/event-stream')) {
      this.readyState = this.OPEN;
      this.dispatch('open', {});
      for await (const event of parseEvents(body, this.lastEventId, (ms) => this.setRetry(ms))) {
        if (signal.aborted) return 0;
        this.lastEventId = event.lastEventId;
        this.dispatch(event.type, event);
      }
      if (!signal.aborted) this.lose(new Error('the stream was interrupted'));
      return 0;
    }
    const refusal = await readRefusal(response);
    if (MAY_PASS.includes(status)) this.lose(refusal);
    else {
      this.readyState = this.CLOSED;
      this.dispatch('error', refusal);
    }
    return Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
  }

  private lose(reason: object): void {
    this.readyState = this.CONNECTING;
    this.dispatch('error', reason);
  }

  private setRetry(ms: number): void {
    this.retryMs = ms;
  }

  private dispatch(type: string, event: object): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event);
  }
}
