import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

// Baseline of the framework on this machine: serializes the same JSON for every request and does nothing else.
const answers = JSON.parse(readFileSync(process.env.LOREBOX_BENCH_ANSWERS ?? '', 'utf8')) as Record<string, object>;
const app = new Hono();
for (const [path, answer] of Object.entries(answers)) app.get(path, (c) => c.json(answer));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
process.on('disconnect', () => process.exit(0));
