import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { createLancedbBackend } from './lancedb.ts';

/** LanceDB itself, in a folder. */
testVectorBackend('LanceDB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-lance-'));
  const file = join(folder, 'no-folder');
  writeFileSync(file, '');
  return {
    backend: createLancedbBackend({ url: join(folder, 'vectors') }),
    down: createLancedbBackend({ url: join(file, 'vectors') }),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
