import { join } from 'node:path';
import { preparePython } from '@lorebox/testkit/python-environment';
import { startServerProcess } from '@lorebox/testkit/server-process';
import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { it } from 'vitest';
import { createChromaBackend } from './chroma.ts';

const python = preparePython(join(import.meta.dirname, 'requirements-chroma.txt'));

/** Chroma's own server, from PyPI. */
if (typeof python === 'string') it.skip(`Chroma: ${python}`, () => {});
else
  testVectorBackend('Chroma', async () => {
    const server = await startServerProcess(python.program('chroma'), (port, folder) => [
      ...['run', '--host', '127.0.0.1', '--port', String(port), '--path', folder],
    ]);
    return {
      backend: createChromaBackend({ url: `http://127.0.0.1:${server.port}` }),
      down: createChromaBackend({ url: 'http://127.0.0.1:9' }),
      close: server.close,
    };
  });
