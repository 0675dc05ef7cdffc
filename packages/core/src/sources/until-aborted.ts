/** Items for as long as nobody aborts: a source that hangs, whatever it waits for, is left at once. */
export async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  // Not a race against one promise of the abort: that would remember every item until the end.
  let cut: (reason: unknown) => void = () => {};
  const leave = () => cut(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  let isDone = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await new Promise<IteratorResult<T>>((resolve, reject) => {
        cut = reject;
        iterator.next().then(resolve, reject);
      });
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
