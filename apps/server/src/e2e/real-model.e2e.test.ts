import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AnswerEvent, Lorebox } from '@lorebox/sdk';
import { startLorebox } from '@lorebox/testkit/lorebox-process';
import { describe, expect, it } from 'vitest';

const MODELS = join(import.meta.dirname, '../../../../.tools/models');

describe('a turn with a real model', () => {
  it('picks the model file automatically, streams words and reports context window usage', {
    timeout: 300_000,
  }, async (context) => {
    const file = existsSync(MODELS) && readdirSync(MODELS).find((name) => name.endsWith('.gguf'));
    if (!file) return context.skip(`needs a model in ${MODELS}: run node scripts/fetch-test-model.ts`);
    const server = await startLorebox({ env: { LOREBOX_MODELS_DIR: MODELS, LOREBOX_CONTEXT_WINDOW: '2048' } });
    try {
      const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
      const { models } = await lorebox.api.models.list.query();
      expect(models.find(({ isDefault }) => isDefault)?.id).toMatch(/^llama-cpp:/);
      await lorebox.api.workspaces.create.mutate({ name: 'Real' });
      const text = 'The lighthouse at Cape Varn was built in 1874. It stands 31 metres tall on a granite base.';
      await lorebox.api.documents.importTexts.mutate({ workspace: 'real', items: [{ title: 'Lighthouse', text }] });
      const summary = () => lorebox.api.documents.summary.query({ workspace: 'real' });
      await expect.poll(summary, { timeout: 60_000 }).toMatchObject({ ready: 1 });

      const events: AnswerEvent[] = [];
      const question = 'How tall is the lighthouse at Cape Varn? Answer in one short sentence.';
      for await (const event of lorebox.ask({ workspace: 'real', question })) events.push(event);
      const end = events.at(-1);
      if (end?.type !== 'answer-end') throw new Error(JSON.stringify(end));
      const parts = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
      expect(parts.length).toBeGreaterThan(3);
      expect(parts.join('')).toBe(end.answer);
      expect(end.answer.trim()).not.toBe('');
      expect(end.model).toMatch(/^llama-cpp:/);
      expect(end.finishReason).toMatch(/^(stop|length)$/);
      expect(end.context).toMatchObject({ window: 2048, sourcesRetrieved: 1, sourcesUsed: 1, sourcesCut: 0 });
      expect(end.usage.inputTokens).toBeGreaterThan(30);
      expect(end.usage.outputTokens).toBeGreaterThan(0);
      expect(end.timings.firstToken).toBeGreaterThan(0);
      console.log(
        `${end.model}: ${end.usage.outputTokens} tokens in ${Math.round(end.timings.total)} ms: ${end.answer}`,
      );
    } finally {
      await server.dispose();
    }
  });
});
