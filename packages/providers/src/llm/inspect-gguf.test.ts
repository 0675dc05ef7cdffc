import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGguf, CHAT_MODEL } from '@lorebox/testkit/gguf-file';
import { createRandom, testSeed } from '@lorebox/testkit/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseGgufHeader, readGgufHeader } from './gguf-header.ts';
import { GgufError } from './gguf-reader.ts';
import { inspectGguf } from './inspect-gguf.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function inspect(bytes: Buffer, name = 'model.gguf') {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return inspectGguf(path, name);
}

describe('a .gguf file', () => {
  it('is usable if it is a complete chat model', async () => {
    expect(await inspect(buildGguf())).toEqual({
      contextLength: 4096,
      chatTemplate: CHAT_MODEL['tokenizer.chat_template'],
      problem: null,
    });
  });

  it.each([
    ['no chat template', { 'tokenizer.chat_template': '' }, /has no chat template.*Choose an instruct or chat model/],
    ['an embedder', { 'general.architecture': 'nomic-bert' }, /is an embedding model/],
    ['a pooling embedder', { 'llama.pooling_type': 3 }, /is an embedding model/],
    ['an adapter', { 'general.type': 'adapter' }, /LoRA adapter/],
    ['a vision projector', { 'general.architecture': 'clip' }, /only reads images/],
  ])('is unusable with a reason: %s', async (_, change, problem) => {
    const metadata = { ...CHAT_MODEL, ...change };
    expect((await inspect(buildGguf({ metadata }))).problem).toMatch(problem);
  });

  it.each([
    ['text', Buffer.from('this is no model at all, but it is long enough'), /not a valid GGUF file.*Download it again/],
    ['an empty file', Buffer.alloc(0), /is incomplete/],
    ['an old version', Buffer.from('GGUF\x01\0\0\0'), /GGUF version 1 is not supported/],
  ])('is unusable with a reason: %s', async (_, bytes, problem) => {
    expect((await inspect(bytes)).problem).toMatch(problem);
  });

  it('is incomplete without the other parts of a split model', async () => {
    const part = buildGguf({ metadata: { ...CHAT_MODEL, 'split.count': 2 } });
    const name = 'big-00001-of-00002.gguf';
    expect((await inspect(part, name)).problem).toMatch(/part 2 of 2 is missing/);
    await writeFile(join(folder, 'big-00002-of-00002.gguf'), part.subarray(0, -20));
    expect((await inspect(part, name)).problem).toMatch(/"big-00002-of-00002.gguf" is incomplete/);
    await writeFile(join(folder, 'big-00002-of-00002.gguf'), part);
    expect((await inspect(part, name)).problem).toBeNull();
  });
});

it('finds a cut at every offset', async () => {
  const whole = buildGguf({ tensors: { a: [4, 3], b: [8], c: [1] } });
  const { completeSize } = parseGgufHeader(whole) ?? { completeSize: 0 };
  expect(whole.length - completeSize).toBeLessThan(32);
  for (let length = 0; length < completeSize; length += 1) {
    const { problem } = await inspect(whole.subarray(0, length));
    expect(problem, `${length} bytes`).toMatch(/is incomplete: .*\. Download it again\.$/);
  }
  expect((await inspect(whole.subarray(0, completeSize))).problem).toBeNull();
});

it('reads or rejects damaged headers, and ends', () => {
  const random = createRandom(testSeed(5));
  const whole = buildGguf();
  for (let run = 0; run < 20_000; run += 1) {
    const bytes = Buffer.from(whole);
    for (let n = 0; n <= run % 4; n += 1) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    try {
      const header = parseGgufHeader(bytes);
      if (header) expect(Number.isSafeInteger(header.completeSize)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(GgufError);
    }
  }
});

it('reads a header that is larger than the first read', async () => {
  const tokens = Array.from({ length: 200_000 }, (_, n) => `token${n}`);
  const metadata = { ...CHAT_MODEL, 'tokenizer.ggml.tokens': tokens, 'llama.pooling_type': 0 };
  const path = join(folder, 'large.gguf');
  await writeFile(path, buildGguf({ metadata }));
  expect(await readGgufHeader(path)).toMatchObject({ contextLength: 4096, pooling: 0, fileCount: 1 });
});
