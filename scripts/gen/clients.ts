// Generates the Python and Go client code from docs/openapi.json. Needs Python and Go, and network access to their
// registries on the first run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingGo } from '../../packages/testkit/src/go-toolchain.ts';
import { preparePythonSdk } from '../../packages/testkit/src/python-environment.ts';
import { makeGo } from './clients/make-go.ts';
import { makePython } from './clients/make-python.ts';

const ROOT = join(import.meta.dirname, '../..');
const document = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'));
const python = preparePythonSdk();
const missing = missingGo();
if (typeof python === 'string' || missing) {
  process.stderr.write(`Making the clients ${typeof python === 'string' ? python : missing}.\n`);
  process.exit(1);
}
makePython(document, python, join(ROOT, 'packages/sdk-python/src/lorebox/_generated'));
makeGo(document, join(ROOT, 'packages/sdk-go'));
