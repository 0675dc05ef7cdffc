const MAX_HELD_BYTES = 64 * 1024;

/**
 * Puts what a stream gives within one turn of the event loop into one chunk. An answer over a fast model is dozens of
 * small events; each would cost a system call of its own.
 */
export function joinChunks(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let wanted: () => void = () => {};

  function flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (heldBytes === 0) return;
    const only = held.length === 1 ? held[0] : undefined;
    controller.enqueue(only ?? Buffer.concat(held));
    held = [];
    heldBytes = 0;
  }

  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (heldBytes === 0) setImmediate(flush, controller);
      held.push(next.value);
      heldBytes += next.value.byteLength;
      if (heldBytes < MAX_HELD_BYTES && (controller.desiredSize ?? 1) > 0) continue;
      await new Promise<void>((resolve) => {
        wanted = resolve;
      });
    }
    flush(controller);
    controller.close();
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        pump(controller).catch((error) => controller.error(error));
      },
      pull: () => wanted(),
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 4 },
  );
}
