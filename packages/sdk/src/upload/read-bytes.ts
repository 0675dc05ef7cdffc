import type { ByteStream } from './upload-form.ts';

/** The chunks of a stream of either kind; leaving the loop lets go of it. @throws TypeError for what is no bytes. */
export async function* readBytes(name: string, stream: ByteStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of Symbol.asyncIterator in stream ? stream : readStream(stream)) {
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(`The stream of "${name}" gives ${typeof chunk}, not Uint8Array.`);
    }
    yield chunk;
  }
}

/** Not every browser loops over its own streams. */
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
