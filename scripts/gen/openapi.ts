// Makes docs/openapi.json from the procedures.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../apps/server/src/version.ts';
import { createRestDocument } from '../../packages/api/src/rest-document.ts';

const file = join(import.meta.dirname, '../../docs/openapi.json');
writeFileSync(file, `${JSON.stringify(createRestDocument(VERSION), null, 2)}\n`);
