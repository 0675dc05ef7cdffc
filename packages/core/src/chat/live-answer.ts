import type { AnswerEvent, AnswerEventBody } from '@lorebox/contract/chat';
import type { AnswerStore } from '@lorebox/ports/chat-stores';

/** Maximum number of events that are shown before they are stored. The limit makes resuming after a crash exact. */
export const MAX_UNSTORED_EVENTS = 64;

const FLUSH_MS = 250;

/** Tokens within this time are combined into one event. */
const COALESCE_MS = 15;

type Delta = AnswerEventBody & { type: 'text-delta' | 'reasoning-delta' };

/** One answer in progress: its events so far, and those that are not stored yet. */
export class LiveAnswer {
  readonly answerId: string;
  readonly threadId: string;
  readonly controller = new AbortController();
  private readonly store: AnswerStore;
  private readonly events: AnswerEvent[] = [];
  private unstored: AnswerEvent[] = [];
  /** Number of events that were shown but not committed yet. */
  private uncommitted = 0;
  private flushing: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private held: Delta | null = null;
  private lastDeltaAt = 0;
  private ended = false;
  private readonly listeners = new Set<() => void>();

  constructor(store: AnswerStore, answerId: string, threadId: string) {
    this.store = store;
    this.answerId = answerId;
    this.threadId = threadId;
  }

  /** Numbers an event and shows it to watchers. Waits if too many events are not stored yet. */
  async publish(body: AnswerEventBody): Promise<void> {
    if (body.type === 'text-delta' || body.type === 'reasoning-delta') {
      if (this.hold(body)) return;
      this.lastDeltaAt = performance.now();
    }
    this.releaseHeld();
    this.emit(body);
    if (this.uncommitted >= MAX_UNSTORED_EVENTS) await this.flush();
  }

  /** True if the delta is held to be combined with the next ones. The first one after a pause is sent immediately. */
  private hold(delta: Delta): boolean {
    if (this.held?.type === delta.type) {
      this.held.text += delta.text;
      return true;
    }
    const wait = this.lastDeltaAt + COALESCE_MS - performance.now();
    if (this.held || wait <= 0) return false;
    this.held = { ...delta };
    setTimeout(() => {
      if (this.held) this.lastDeltaAt = performance.now();
      this.releaseHeld();
    }, wait);
    return true;
  }

  private releaseHeld(): void {
    const { held } = this;
    this.held = null;
    if (held) this.emit(held);
  }

  private emit(body: AnswerEventBody): void {
    const event = this.number(body);
    this.unstored.push(event);
    this.uncommitted += 1;
    this.show(event);
    this.timer ??= setTimeout(() => void this.flush().catch(() => {}), FLUSH_MS);
  }

  /** Ends the answer: `record` stores the last event together with the message, and then it is shown. */
  async end(body: AnswerEventBody, record: (events: readonly AnswerEvent[]) => Promise<void>): Promise<void> {
    this.releaseHeld();
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.flushing;
    const event = this.number(body);
    const events = [...this.unstored, event];
    this.unstored = [];
    try {
      await record(events);
    } finally {
      this.ended = true;
      this.show(event);
    }
  }

  /** Yields the events after `seq`, then live ones until the answer has ended or the signal is aborted. */
  async *subscribe(seq: number, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
    let next = this.events.findIndex((event) => event.seq > seq);
    if (next < 0) next = this.events.length;
    while (!signal?.aborted) {
      while (next < this.events.length) {
        const event = this.events[next++];
        if (event) yield event;
      }
      if (this.ended) return;
      await this.nextEvent(signal);
    }
  }

  private number(body: AnswerEventBody): AnswerEvent {
    const seq = (this.events.at(-1)?.seq ?? 0) + 1;
    return { ...body, answerId: this.answerId, seq } as AnswerEvent;
  }

  private show(event: AnswerEvent): void {
    this.events.push(event);
    for (const listener of [...this.listeners]) listener();
  }

  private flush(): Promise<void> {
    this.timer = null;
    const events = this.unstored;
    this.unstored = [];
    if (events.length > 0) {
      this.flushing = this.flushing.then(async () => {
        await this.store.appendEvents(this.answerId, events);
        this.uncommitted -= events.length;
      });
    }
    return this.flushing;
  }

  private nextEvent(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.listeners.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.listeners.add(done);
      signal?.addEventListener('abort', done, { once: true });
      if (signal?.aborted) done();
    });
  }
}
