import type { LanguageModel } from '@lorebox/ports/chat-model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeOllamaState } from './fake-ollama.ts';
import type { FakeOpenAiState } from './fake-openai.ts';
import type { FakeServer } from './fake-server.ts';

type CallOptions = Parameters<LanguageModel['doStream']>[0];
type StreamPart = Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;

/** Properties of the model's server that the suite uses. Both fakes have them. */
export type FakeModelServer = FakeServer &
  Pick<FakeOllamaState | FakeOpenAiState, 'reply' | 'thinking' | 'toolCalls' | 'delayMs' | 'firstTokenDelayMs'> & {
    faults: FakeOllamaState['faults'] | FakeOpenAiState['faults'];
  };

export interface ModelUnderTest {
  model: LanguageModel;
  server: FakeModelServer;
  /** The same kind of model at an unreachable address. */
  unreachable: LanguageModel;
  /** Returns the base64 images in the body of the last request. */
  sentImages(): string[];
}

const IMAGE = 'iVBORw0KGgo=';
const TOOL = {
  type: 'function' as const,
  name: 'find_page',
  description: 'Finds a page.',
  inputSchema: { type: 'object' as const, properties: { title: { type: 'string' as const } } },
};

/** Contract tests for language models of any protocol. Call it in the test file of each provider. */
export function testLanguageModel(name: string, setup: () => Promise<ModelUnderTest>): void {
  describe(`${name} as a language model`, () => {
    let tested: ModelUnderTest;
    beforeEach(async () => {
      tested = await setup();
    });
    afterEach(() => tested.server.close());

    it('streams the text in order in one block, and finishes with usage', async () => {
      tested.server.reply = ['One', ' two', ' three: ä€😀'];
      const parts = await collect(tested.model, ask());
      expect(parts[0]?.type).toBe('stream-start');
      expect(textOf(parts)).toBe('One two three: ä€😀');
      const kinds = parts.map(({ type }) => type).filter((type) => type.startsWith('text'));
      expect(kinds).toEqual(['text-start', 'text-delta', 'text-delta', 'text-delta', 'text-end']);
      const finish = parts.at(-1);
      expect(finish).toMatchObject({ type: 'finish', finishReason: { unified: 'stop' } });
      expect(finish?.type === 'finish' && finish.usage.outputTokens.total).toBe(3);
      expect(finish?.type === 'finish' && finish.usage.inputTokens.total).toBeGreaterThan(0);
    });

    it('delivers tokens as they arrive', async () => {
      Object.assign(tested.server, { reply: 'one two three four', delayMs: 40 });
      const times: number[] = [];
      const { stream } = await tested.model.doStream(ask());
      for await (const part of stream) if (part.type === 'text-delta') times.push(performance.now());
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(60);
    });

    it('generates the same answer without streaming', async () => {
      Object.assign(tested.server, { reply: 'A whole answer.' });
      const { content, finishReason, usage } = await tested.model.doGenerate(ask());
      expect(content).toMatchObject([{ type: 'text', text: 'A whole answer.' }]);
      expect(finishReason.unified).toBe('stop');
      expect(usage.outputTokens.total).toBe(3);
    });

    it('reports an answer that was truncated at the limit', async () => {
      tested.server.reply = 'one two three four five';
      const parts = await collect(tested.model, { ...ask(), maxOutputTokens: 2 });
      expect(textOf(parts)).toBe('one two');
      expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'length' } });
    });

    it.each(['provider-default', 'none', 'low', 'medium', 'high'] as const)(
      'accepts reasoning %s',
      async (reasoning) => {
        tested.server.reply = 'It is green.';
        expect(textOf(await collect(tested.model, { ...ask(), reasoning }))).toBe('It is green.');
      },
    );

    it.each([
      ['before the first token', { firstTokenDelayMs: 5000 }],
      ['between tokens', { delayMs: 50, reply: 'a b c d e f g h i j k l m n o p q r s t u v w x y z' }],
      ['in a stream that stalls', { faults: 'stall' as const }],
    ])('forwards an abort %s to the server', async (_when, state) => {
      Object.assign(tested.server, state);
      const { server, model } = tested;
      const controller = new AbortController();
      const collecting = collect(model, { ...ask(), abortSignal: controller.signal });
      await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(0));
      setTimeout(() => controller.abort(new Error('the user left')), 60);
      await expect(collecting).rejects.toThrow();
      await vi.waitFor(() => expect(server.aborted).toBe(1), 2000);
    });

    it('forwards a cancelled stream to the server', async () => {
      Object.assign(tested.server, { faults: 'stall' });
      const { stream } = await tested.model.doStream(ask());
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel();
      await vi.waitFor(() => expect(tested.server.aborted).toBe(1), 2000);
    });

    it('reads the response to its end if the reader stops after the finish part', async () => {
      Object.assign(tested.server, { reply: 'one two', delayMs: 20 });
      const { stream } = await tested.model.doStream(ask());
      for await (const part of stream) if (part.type === 'finish') break;
      // Takes longer than the rest of the first response.
      await collect(tested.model, ask());
      expect(tested.server.aborted).toBe(0);
    });

    it('sends no request if the signal is already aborted', async () => {
      const call = { ...ask(), abortSignal: AbortSignal.abort(new Error('gone')) };
      await expect(collect(tested.model, call)).rejects.toThrow();
      expect(tested.server.requests).toEqual([]);
    });

    it.each(['cut', 'no-done', 'error-line'] as const)('delivers the partial answer, then fails: %s', async (fault) => {
      Object.assign(tested.server, { reply: 'one two three four five six', faults: fault });
      const seen: StreamPart[] = [];
      await expect(collect(tested.model, ask(), seen)).rejects.toMatchObject({
        code: 'MODEL_FAILED',
        message: expect.stringMatching(/in the middle/),
      });
      expect(textOf(seen)).toMatch(/^one/);
      expect(seen.some(({ type }) => type === 'finish')).toBe(false);
    });

    it.each([
      ['error-500', 'MODEL_FAILED', /terminated|CUDA/],
      ['missing-model', 'MODEL_NOT_FOUND', /lorebox models/],
    ] as const)('names the problem: %s', async (fault, code, message) => {
      tested.server.faults = fault;
      const error = { code, message: expect.stringMatching(message) };
      await expect(collect(tested.model, ask())).rejects.toMatchObject(error);
      await expect(tested.model.doGenerate(ask())).rejects.toMatchObject(error);
    });

    it('reports an unreachable server', async () => {
      await expect(collect(tested.unreachable, ask())).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' });
    });

    it('keeps thinking out of the text', async () => {
      Object.assign(tested.server, { thinking: 'First I look, then I see.', reply: 'It is green.' });
      const parts = await collect(tested.model, ask());
      expect(textOf(parts)).toBe('It is green.');
      expect(reasoningOf(parts).trim()).toBe('First I look, then I see.');
      const { content } = await tested.model.doGenerate(ask());
      expect(content.map(({ type }) => type)).toEqual(['reasoning', 'text']);
    });

    it('returns tool calls with JSON input', async () => {
      Object.assign(tested.server, {
        reply: 'Let me look.',
        toolCalls: [{ name: 'find_page', arguments: { title: 'Ä' } }],
      });
      const parts = await collect(tested.model, { ...ask(), tools: [TOOL] });
      const call = parts.find((part) => part.type === 'tool-call');
      expect(call).toMatchObject({ toolName: 'find_page', toolCallId: expect.stringMatching(/./) });
      expect(JSON.parse(call?.type === 'tool-call' ? call.input : '')).toEqual({ title: 'Ä' });
      expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'tool-calls' } });
    });

    it('sends images', async () => {
      const call = ask();
      const file = { type: 'file' as const, mediaType: 'image/png' };
      const content = [
        { type: 'text' as const, text: 'What is it?' },
        { ...file, data: { type: 'data' as const, data: IMAGE } },
        { ...file, data: { type: 'data' as const, data: Uint8Array.from(Buffer.from(IMAGE, 'base64')) } },
      ];
      await collect(tested.model, { ...call, prompt: [{ role: 'user', content }] });
      expect(tested.sentImages()).toEqual([IMAGE, IMAGE]);
    });

    it('answers concurrent requests without mixing them up', async () => {
      tested.server.reply = (request) => `echo ${JSON.stringify(request.messages)}`;
      const answers = await Promise.all(
        Array.from({ length: 32 }, (_, n) => collect(tested.model, ask(`question-${n}-`)).then(textOf)),
      );
      answers.forEach((answer, n) => {
        expect(answer).toContain(`question-${n}-`);
      });
    });
  });
}

export function ask(text = 'What is it?'): CallOptions {
  return {
    prompt: [
      { role: 'system', content: 'Answer.' },
      { role: 'user', content: [{ type: 'text', text }] },
    ],
  };
}

export async function collect(model: LanguageModel, call: CallOptions, seen: StreamPart[] = []): Promise<StreamPart[]> {
  const { stream } = await model.doStream(call);
  for await (const part of stream) seen.push(part);
  return seen;
}

export function textOf(parts: readonly StreamPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
}

export function reasoningOf(parts: readonly StreamPart[]): string {
  return parts.map((part) => (part.type === 'reasoning-delta' ? part.delta : '')).join('');
}
