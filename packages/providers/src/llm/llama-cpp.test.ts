import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { collect, textOf } from '@lorebox/testkit/llm-conformance';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { inspectGguf } from './inspect-gguf.ts';
import { createLlamaCppModel } from './llama-cpp.ts';

const FOLDER = join(import.meta.dirname, '../../../../.tools/models');
const file = existsSync(FOLDER) ? readdirSync(FOLDER).find((name) => name.endsWith('.gguf')) : undefined;
const path = join(FOLDER, file ?? 'none.gguf');
const model = createLlamaCppModel({ path, name: file ?? 'none', contextSize: 2048, idleMs: 300 });

const needsWeights = (context: TestContext) =>
  context.skip(file === undefined, 'needs a small .gguf; run node scripts/fetch-test-model.ts');
const question = (text: string) => ({
  prompt: [
    { role: 'system' as const, content: 'Answer from the source.' },
    { role: 'user' as const, content: [{ type: 'text' as const, text }] },
  ],
});
const PUMP =
  'Source: The blue pump is serviced every 14 weeks by the night team.\n\nQuestion: How often is the blue pump serviced?';

describe('a GGUF file with a real model', { timeout: 120_000 }, () => {
  afterAll(() => model.runtime.unload());

  it('answers the prompt using its own chat template', async (context) => {
    needsWeights(context);
    const parts = await collect(model, { ...question(PUMP), maxOutputTokens: 40 });
    expect(textOf(parts)).toContain('14 weeks');
    expect(textOf(parts)).not.toMatch(/<\||\bassistant\b/);
    expect(parts.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(3);
    const finish = parts.at(-1);
    expect(finish).toMatchObject({ type: 'finish' });
    expect(finish?.type === 'finish' && finish.usage.inputTokens.total).toBeGreaterThan(20);
  });

  it('stops at the limit and reports it', async (context) => {
    needsWeights(context);
    const { content, finishReason, usage } = await model.doGenerate({
      ...question('Tell a long story.'),
      maxOutputTokens: 8,
    });
    expect(finishReason.unified).toBe('length');
    expect(usage.outputTokens.total).toBeLessThanOrEqual(8);
    expect(content).toHaveLength(1);
  });

  it('stops within one token after an abort, and answers the next question', async (context) => {
    needsWeights(context);
    const controller = new AbortController();
    const { stream } = await model.doStream({
      ...question('Tell a very long story about a cat.'),
      abortSignal: controller.signal,
    });
    const reading = (async () => {
      for await (const part of stream) if (part.type === 'text-delta') controller.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(textOf(await collect(model, { ...question(PUMP), maxOutputTokens: 20 }))).toMatch(/14/);
  });

  it('runs queued requests one at a time, and skips aborted ones', async (context) => {
    needsWeights(context);
    const first = collect(model, { ...question(PUMP), maxOutputTokens: 12 });
    const leaver = collect(model, { ...question(PUMP), abortSignal: AbortSignal.timeout(1) });
    const last = collect(model, { ...question(PUMP), maxOutputTokens: 12 });
    await expect(leaver).rejects.toThrow();
    expect(textOf(await first)).toBe(textOf(await last));
  });

  it('rejects a prompt that fills the window instead of dropping its start', async (context) => {
    needsWeights(context);
    await expect(collect(model, question('word '.repeat(3000)))).rejects.toMatchObject({ code: 'CONTEXT_TOO_SMALL' });
  });

  it('is unloaded when idle and reloaded on demand', async (context) => {
    needsWeights(context);
    await collect(model, { ...question('Hi'), maxOutputTokens: 2 });
    expect(model.runtime.isLoaded).toBe(true);
    await expect.poll(() => model.runtime.isLoaded, { timeout: 5000 }).toBe(false);
    expect(textOf(await collect(model, { ...question('Hi'), maxOutputTokens: 4 }))).not.toBe('');
  });

  it('is complete, and has a trained window and a chat template', async (context) => {
    needsWeights(context);
    const { contextLength, chatTemplate, problem } = await inspectGguf(path, file ?? '');
    expect(problem).toBeNull();
    expect(contextLength).toBeGreaterThanOrEqual(2048);
    expect(chatTemplate).toContain('messages');
  });

  it('counts tokens without loading the weights', async (context) => {
    needsWeights(context);
    const idle = createLlamaCppModel({ path, name: file ?? '', contextSize: 2048 });
    const signal = new AbortController().signal;
    const [none, words, digits] = await idle.runtime.countTokens(['', 'Hello world', '1234567890'], signal);
    expect([none, words]).toEqual([0, 2]);
    expect(digits).toBeGreaterThan(2);
    expect(idle.runtime.isLoaded).toBe(false);
  });

  it('limits thinking, and still answers', async (context) => {
    needsWeights(context);
    const parts = await collect(model, { ...question(PUMP), maxOutputTokens: 30, reasoning: 'none' });
    expect(textOf(parts)).toContain('14 weeks');
  });
});

describe('a file that is not a model', () => {
  it('fails with an error that names it', async () => {
    const none = createLlamaCppModel({ path: join(FOLDER, 'no-such.gguf'), name: 'no-such', contextSize: 2048 });
    const error = { code: 'MODEL_FAILED', message: expect.stringContaining('no-such.gguf') };
    await expect(collect(none, question('Hi'))).rejects.toMatchObject(error);
  });

  it('images are rejected before the model is loaded', async () => {
    const file = { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data: 'aaaa' } };
    const asking = collect(model, { prompt: [{ role: 'user', content: [file] }] });
    await expect(asking).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
