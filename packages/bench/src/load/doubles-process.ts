import type { AddressInfo } from 'node:net';
import { startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { createEmbeddingDouble } from './embedding-double.ts';

const DIMENSION = 384;
const FORGET_MS = 500;

const ollama = await startFakeOllama();
ollama.delayMs = Number(process.env.LOREBOX_BENCH_DELAY_MS ?? 0);
const words = Number(process.env.LOREBOX_BENCH_WORDS ?? 0);
if (words > 0) ollama.reply = Array.from({ length: words }, (_, i) => `word${i} `);
// The test kit keeps every request for its tests, which would use up the memory of this process under load.
setInterval(() => ollama.requests.splice(0), FORGET_MS);
const embeddings = createEmbeddingDouble(DIMENSION);
embeddings.listen(0, '127.0.0.1', () => {
  const { port } = embeddings.address() as AddressInfo;
  process.send?.({ ollamaUrl: ollama.url, openaiUrl: `http://127.0.0.1:${port}/v1` });
});
process.on('disconnect', () => process.exit(0));
