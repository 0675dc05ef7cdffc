import { openAsBlob } from 'node:fs';
import { type Document, Lorebox } from '@lorebox/sdk';
import { startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { type JudgedOutcome, type JudgedSet, judge, readJudgedSet } from '@lorebox/testkit/judged-documents';
import { startLorebox } from '@lorebox/testkit/lorebox-process';
import { describe, expect, it } from 'vitest';

/** Longest acceptable health check while files are parsed. A decompression bomb shows up as slow requests. */
const SLOWEST_HEALTH_CHECK_MS = 1000;
const FILES_PER_REQUEST = 10;

describe('judged documents', () => {
  it('produce the expected result for every upload', { timeout: 300_000 }, async (context) => {
    const set = readJudgedSet();
    if (typeof set === 'string') return context.skip(set);
    const embedder = await startFakeOpenAi();
    const env = {
      LOREBOX_EMBEDDER: 'openai:small-embed',
      LOREBOX_OPENAI_URL: `${embedder.url}/v1`,
      LOREBOX_OCR_LANGUAGES: 'eng,chi_sim',
      LOREBOX_OCR_CONCURRENCY: '2',
    };
    const server = await startLorebox({ env });
    const health = watchHealth(server.url);
    try {
      const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
      const ids = await upload(lorebox, set);
      const summary = () => lorebox.api.documents.summary.query({ workspace: 'judged' });
      await expect.poll(summary, { timeout: 270_000, interval: 100 }).toMatchObject({ processing: 0 });
      const byId = new Map<string, Document>();
      for await (const document of lorebox.documents.list('judged', { limit: 200 })) byId.set(document.id, document);
      const misses: string[] = [];
      for (const [i, row] of set.rows.entries()) {
        const document = byId.get(ids[i] ?? '');
        const miss = document ? judge(row, await outcomeOf(lorebox, document)) : 'not in the list';
        if (miss) misses.push(`${row.file}: ${miss}`);
      }
      const { checks, slowest, failures } = await health.stop();
      const passed = set.rows.length - misses.length;
      console.log(
        [
          `judged documents: ${passed}/${set.rows.length}, slowest of ${checks} health checks ${slowest} ms`,
          ...misses,
        ].join('\n  '),
      );
      expect(misses).toEqual([]);
      expect(failures).toEqual([]);
      expect(slowest).toBeLessThan(SLOWEST_HEALTH_CHECK_MS);
      expect(checks).toBeGreaterThan(10);
    } finally {
      await health.stop();
      await server.dispose();
      await embedder.close();
    }
  });
});

/** IDs in row order. */
async function upload(lorebox: Lorebox, { rows }: JudgedSet): Promise<string[]> {
  await lorebox.api.workspaces.create.mutate({ name: 'Judged' });
  const ids: string[] = [];
  for (let i = 0; i < rows.length; i += FILES_PER_REQUEST) {
    const batch = rows.slice(i, i + FILES_PER_REQUEST);
    const files = await Promise.all(
      batch.map(async ({ path, filename }) => ({ name: filename, data: await openAsBlob(path) })),
    );
    const { documents } = await lorebox.documents.upload('judged', files);
    ids.push(...documents.map(({ id }) => id));
  }
  return ids;
}

async function outcomeOf(lorebox: Lorebox, { id, status, reason, message }: Document): Promise<JudgedOutcome> {
  if (status === 'failed') return { reason: reason ?? 'none', message: message ?? '' };
  let text = '';
  for (;;) {
    const part = await lorebox.api.documents.text.query({ documentId: id, start: text.length });
    text += part.text;
    if (part.text === '' || text.length >= part.length) return { text };
  }
}

function watchHealth(url: string) {
  let isStopped = false;
  let [checks, slowest] = [0, 0];
  const failures: string[] = [];
  const done = (async () => {
    while (!isStopped) {
      const started = performance.now();
      const answer = await fetch(`${url}/healthz`).then(
        ({ status }) => status,
        (error: unknown) => String(error),
      );
      if (answer !== 200) failures.push(String(answer));
      slowest = Math.max(slowest, Math.round(performance.now() - started));
      checks += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await done;
      return { checks, slowest, failures };
    },
  };
}
