// Generates docs/openapi.json from the procedures. `--release` makes it the new baseline for comparisons and clears the
// declared breaking changes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../apps/server/src/version.ts';
import { createRestDocument } from '../../packages/api/src/rest-document.ts';

const DECLARATIONS =
  '# What may break clients of the last release all the same: one line each, as the check prints it.\n';
const docs = join(import.meta.dirname, '../../docs');
const document = createRestDocument(VERSION);
writeFileSync(join(docs, 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
if (process.argv.includes('--release')) {
  writeFileSync(join(docs, 'openapi.released.json'), `${JSON.stringify(document)}\n`);
  writeFileSync(join(docs, 'breaking-changes.txt'), DECLARATIONS);
}
