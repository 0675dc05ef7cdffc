import { join } from 'node:path';
import { preparePython } from '@lorebox/testkit/python-environment';
import { startServerProcess } from '@lorebox/testkit/server-process';
import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { it } from 'vitest';
import { createMilvusBackend } from './milvus.ts';

const python = preparePython(join(import.meta.dirname, 'requirements-milvus.txt'));

/** Milvus Lite, from PyPI: Milvus' own gRPC interface in one process. */
if (typeof python === 'string') it.skip(`Milvus Lite: ${python}`, () => {});
else
  testVectorBackend('Milvus Lite', async () => {
    const server = await startServerProcess(python.program('milvus-lite'), (port, folder) => [
      ...['server', '--data-dir', folder, '--host', '127.0.0.1', '--port', String(port)],
    ]);
    return {
      backend: createMilvusBackend({ url: `http://127.0.0.1:${server.port}` }),
      down: createMilvusBackend({ url: 'http://127.0.0.1:9' }),
      close: server.close,
    };
  });
