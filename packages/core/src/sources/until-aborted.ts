/**
 * Yields items until the signal is aborted, even if the source hangs.
 * @throws the reason of the signal.
 */
export async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  // Promise.race with one long-lived promise would retain every item until the end.
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
    // Not awaited, because the source may hang.
    if (!isDone) iterator.return?.()?.catch(() => {});
  }
}
