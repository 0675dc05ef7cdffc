import { join } from 'node:path';
import { startChroma } from '@lorebox/testkit/chroma-process';
import { preparePython } from '@lorebox/testkit/python-environment';
import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { it } from 'vitest';
import { createChromaBackend } from './chroma.ts';

const python = preparePython(join(import.meta.dirname, 'requirements-chroma.txt'));

/** Chroma's own server, from PyPI. */
if (typeof python === 'string') it.skip(`Chroma: ${python}`, () => {});
else
  testVectorBackend('Chroma', async () => {
    const server = await startChroma(python.program('chroma'));
    return {
      backend: createChromaBackend({ url: server.url }),
      down: createChromaBackend({ url: 'http://127.0.0.1:9' }),
      close: server.close,
    };
  });
