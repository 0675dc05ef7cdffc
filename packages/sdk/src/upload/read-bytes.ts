import type { ByteStream } from './upload-form.ts';

/**
 * Yields the chunks of a web or Node stream. Leaving the loop releases the stream. @throws TypeError if a chunk is not
 * bytes.
 */
export async function* readBytes(name: string, stream: ByteStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of Symbol.asyncIterator in stream ? stream : readStream(stream)) {
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(`The stream of "${name}" returned ${typeof chunk} instead of Uint8Array.`);
    }
    yield chunk;
  }
}

/** Not all browsers support async iteration of streams. */
async function* readStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
