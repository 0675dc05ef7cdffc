import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { startFakeQdrant } from '@lorebox/testkit/vector-doubles/fake-qdrant';
import { expect, it } from 'vitest';
import { createQdrantBackend } from './qdrant.ts';

testVectorBackend('Qdrant (double)', async () => {
  const double = await startFakeQdrant('secret');
  return {
    backend: createQdrantBackend({ url: double.url, apiKey: 'secret' }),
    down: createQdrantBackend({ url: 'http://127.0.0.1:9' }),
    close: double.close,
  };
});

it("reports the server's message without the key", async () => {
  const double = await startFakeQdrant('secret');
  const backend = createQdrantBackend({ url: double.url, apiKey: 'wrong' });
  const failed = backend.ensure({ name: 'lorebox_x', dimension: 3 });
  await expect(failed).rejects.toMatchObject({ code: 'VECTOR_BACKEND_FAILED' });
  await expect(failed).rejects.toThrow(/Must provide an API key/);
  await expect(failed).rejects.not.toThrow(/wrong/);
  await double.close();
});
