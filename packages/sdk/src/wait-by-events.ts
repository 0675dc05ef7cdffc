import { APITimeoutError } from './errors.ts';

/** Also checked this often, for changes without an event, such as a deletion. */
const RECHECK_MS = 10_000;

interface Wait<Event, T> {
  /** Streams of changes. `onStarted` is called when the server has accepted the stream. */
  streams: readonly ((signal: AbortSignal, onStarted: () => void) => AsyncIterable<Event>)[];
  /** True if a check may have another result after this event. */
  isRelevant(event: Event): boolean;
  /** Returns the result, or null to keep waiting. Checks don't overlap. */
  check(): Promise<T | null>;
  signal: AbortSignal | undefined;
}

/** Waits for a state that event streams announce, without polling. @throws the reason of the signal. */
export async function waitByEvents<Event, T>({ streams, isRelevant, check, signal }: Wait<Event, T>): Promise<T> {
  const stop = new AbortController();
  const limits = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let failure: { error: unknown } | null = null;
  let isDirty = false;
  let notify = () => {};
  const wake = () => {
    isDirty = true;
    notify();
  };
  const read = async (stream: (typeof streams)[number]) => {
    try {
      // A change between the previous check and the start of the stream has no event.
      for await (const event of stream(limits, wake)) if (isRelevant(event)) wake();
    } catch (error) {
      failure ??= { error };
      wake();
    }
  };
  for (const stream of streams) void read(stream);
  const timer = setInterval(wake, RECHECK_MS);
  try {
    for (;;) {
      if (!isDirty) {
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
      isDirty = false;
      if (failure) throw (failure as { error: unknown }).error;
      const result = await check();
      if (result !== null) return result;
    }
  } finally {
    clearInterval(timer);
    stop.abort();
  }
}

/** Runs `wait` with a signal that also aborts after `timeout` milliseconds. @throws APITimeoutError with the message. */
export async function withTimeout<T>(
  { timeout, signal }: { timeout?: number | undefined; signal?: AbortSignal | undefined },
  wait: (signal: AbortSignal | undefined) => Promise<T>,
  describe: () => string,
): Promise<T> {
  const timer = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const limits = [signal, timer].filter((limit) => limit !== undefined);
  try {
    return await wait(limits.length > 0 ? AbortSignal.any(limits) : undefined);
  } catch (error) {
    if (timer?.aborted && error === timer.reason) throw new APITimeoutError('TIMED_OUT', describe());
    throw error;
  }
}
