import { describe, expect, it } from 'vitest';
import { joinChunks } from './join-chunks.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('joinChunks', () => {
  it('joins what comes at once and keeps the order', async () => {
    const source = new ReadableStream<Uint8Array>({
      async start(controller) {
        for (const part of ['a', 'b', 'c']) controller.enqueue(encode(part));
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.enqueue(encode('d'));
        controller.close();
      },
    });
    const chunks: string[] = [];
    for await (const chunk of joinChunks(source)) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks).toEqual(['abc', 'd']);
  });

  it('carries megabytes to a slow reader without holding them', async () => {
    let made = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        made += 1;
        if (made > 500) controller.close();
        else controller.enqueue(new Uint8Array(32 * 1024));
      },
    });
    const reader = joinChunks(source).getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(made).toBeLessThan(30);
    let bytes = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.byteLength;
    expect(bytes).toBeGreaterThan(490 * 32 * 1024);
  });

  it('passes errors on, and cancels its source', async () => {
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('torn')) });
    await expect(joinChunks(broken).getReader().read()).rejects.toThrow('torn');
    let isCancelled = false;
    const source = new ReadableStream<Uint8Array>({
      cancel() {
        isCancelled = true;
      },
    });
    await joinChunks(source).cancel();
    expect(isCancelled).toBe(true);
  });
});
