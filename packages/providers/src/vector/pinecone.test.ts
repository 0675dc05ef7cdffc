import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { startFakePinecone } from '@lorebox/testkit/vector-doubles/fake-pinecone';
import { expect, it } from 'vitest';
import { createPineconeBackend } from './pinecone.ts';

testVectorBackend('Pinecone (double)', async () => {
  const double = await startFakePinecone('secret', 24);
  return {
    backend: createPineconeBackend({ url: double.url, apiKey: 'secret', settleMs: 0 }),
    down: createPineconeBackend({ url: 'http://127.0.0.1:9', apiKey: 'secret' }),
    close: double.close,
  };
});

it('requires a key', async () => {
  const backend = createPineconeBackend({ url: 'http://127.0.0.1:9' });
  await expect(backend.ensure({ name: 'lorebox_x', dimension: 3 })).rejects.toThrow(/LOREBOX_VECTOR_API_KEY/);
});
