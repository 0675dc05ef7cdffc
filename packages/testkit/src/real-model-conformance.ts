import { AppError } from '@lorebox/contract/errors';
import type { ChatModel, LanguageChatModel } from '@lorebox/ports/chat-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, collect, textOf } from './llm-conformance.ts';

export interface RealServer {
  /** Returns the model. The test server knows only one. */
  find(name: string): Promise<ChatModel>;
  modelName: string;
  close(): Promise<void>;
}

const TIMEOUT_MS = 120_000;
const IMAGE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The part of the contract tests that fits a real server with a small text model. `start` is called once. */
export function testRealModel(name: string, start: () => Promise<RealServer>): void {
  describe(`${name} with real weights`, { timeout: TIMEOUT_MS }, () => {
    let server: RealServer;
    let chat: LanguageChatModel;
    beforeAll(async () => {
      server = await start();
      const found = await server.find(server.modelName);
      if (found.kind !== 'language-model') throw new Error('no language model');
      chat = found;
    }, TIMEOUT_MS);
    afterAll(() => server?.close());

    it('streams an answer with usage', async () => {
      const parts = await collect(chat.model, { ...ask('Say hello.'), maxOutputTokens: 40, temperature: 0 });
      expect(textOf(parts).trim()).not.toBe('');
      expect(parts.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(1);
      expect(parts.at(-1)).toMatchObject({
        type: 'finish',
        finishReason: { unified: expect.stringMatching(/^(stop|length)$/) },
        usage: { inputTokens: { total: expect.any(Number) }, outputTokens: { total: expect.any(Number) } },
      });
    });

    it('reports an answer that was truncated at the limit', async () => {
      const { content, finishReason, usage } = await chat.model.doGenerate({
        ...ask('Tell a very long story about a cat.'),
        maxOutputTokens: 8,
      });
      expect(finishReason.unified).toBe('length');
      expect(usage.outputTokens.total).toBeLessThanOrEqual(8);
      expect(content).toMatchObject([{ type: 'text' }]);
    });

    it('stops after an abort, and answers the next question', async () => {
      const controller = new AbortController();
      const call = { ...ask('Tell a very long story about a dog.'), abortSignal: controller.signal };
      const { stream } = await chat.model.doStream(call);
      const reading = (async () => {
        for await (const part of stream) if (part.type === 'text-delta') controller.abort(new Error('enough'));
      })();
      await expect(reading).rejects.toThrow('enough');
      expect(textOf(await collect(chat.model, { ...ask('Say hello.'), maxOutputTokens: 5 }))).not.toBe('');
    });

    it.each(['provider-default', 'none', 'low', 'high'] as const)('accepts reasoning %s', async (reasoning) => {
      const parts = await collect(chat.model, { ...ask('Say hello.'), maxOutputTokens: 5, reasoning });
      expect(parts.at(-1)).toMatchObject({ type: 'finish' });
    });

    it('rejects a prompt beyond the window instead of cutting it', async () => {
      const call = { ...ask('word '.repeat(chat.contextWindow * 2)), maxOutputTokens: 5 };
      await expect(collect(chat.model, call)).rejects.toMatchObject({ code: 'CONTEXT_TOO_SMALL' });
    });

    it('reports images that the model cannot read', async () => {
      expect(chat.accepts.images).toBe(false);
      const file = { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data: IMAGE } };
      const call = { prompt: [{ role: 'user' as const, content: [file] }], maxOutputTokens: 5 };
      const outcome = await collect(chat.model, call).catch((error: unknown) => error);
      // Ollama ignores them. Lorebox rejects them before the call, because it knows the features of the model.
      if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(AppError);
    });

    it('counts tokens like the usage of an answer, if it has a tokenizer', async (context) => {
      const { countTokens } = chat;
      if (!countTokens) return context.skip(`${name} has no tokenizer`);
      const words = 'The quick brown fox jumps over 12345 lazy dogs. ';
      const [short = 0, long = 0] = await countTokens([words, words.repeat(11)], new AbortController().signal);
      const read = async (text: string) => {
        const { usage } = await chat.model.doGenerate({ ...ask(text), maxOutputTokens: 1 });
        return usage.inputTokens.total ?? 0;
      };
      const difference = (await read(words.repeat(11))) - (await read(words));
      expect(Math.abs(long - short - difference)).toBeLessThanOrEqual(2);
    });

    it('names a model that does not exist', async () => {
      await expect(server.find('no-such-model')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    });
  });
}
