/** Items for as long as nobody aborts: a source that hangs, whatever it waits for, is left at once. */
export async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let leave: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  aborted.catch(() => {});
  let isDone = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = iterator.next();
      next.catch(() => {});
      const { done, value } = await Promise.race([next, aborted]);
      if (done) {
        isDone = true;
        return;
      }
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', leave);
    // Not waited for: it may be what hangs.
    if (!isDone) iterator.return?.()?.catch(() => {});
  }
}
