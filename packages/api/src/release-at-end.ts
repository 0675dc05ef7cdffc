/** Returns the same stream. Calls `release` once, when it ends, fails or is closed by the reader. */
export function releaseAtEnd<T>(stream: AsyncIterable<T>, release: () => void): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = stream[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const result = await iterator.next();
            if (result.done) release();
            return result;
          } catch (error) {
            release();
            throw error;
          }
        },
        async return(value) {
          release();
          return (await iterator.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}
