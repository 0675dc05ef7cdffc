import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goModels, goOperations } from './go.ts';
import { toModelSchemas } from './models.ts';
import { type RestDocument, readOperations, sentSchemas } from './operations.ts';
import { camelCase } from './schema.ts';

const GENERATOR = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
const CONFIG = {
  package: 'lorebox',
  generate: { models: true },
  'output-options': { 'skip-prune': true },
  compatibility: { 'always-prefix-enum-values': true },
};

/** Writes types.gen.go and operations.gen.go to the folder. */
export function makeGo(document: RestDocument, folder: string): void {
  const schemas = structuredClone(document.components.schemas);
  const operations = readOperations(document, schemas);
  const models = toModelSchemas(schemas);
  const about = Object.fromEntries(
    (document.tags ?? []).map(({ name, description = '' }) => [camelCase(name), description]),
  );
  mkdirSync(folder, { recursive: true });
  makeModels(goModels(models, sentSchemas(operations, schemas)), join(folder, 'types.gen.go'));
  const file = join(folder, 'operations.gen.go');
  writeFileSync(file, goOperations(operations, models, about));
  execFileSync('gofmt', ['-w', file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function makeModels(schemas: object, file: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'lorebox-models-'));
  const input = join(scratch, 'openapi.json');
  const config = join(scratch, 'config.json');
  const document = { openapi: '3.1.0', info: { title: 'Lorebox', version: '1' }, paths: {}, components: { schemas } };
  writeFileSync(input, JSON.stringify(document));
  writeFileSync(config, JSON.stringify(CONFIG));
  try {
    const args = ['run', GENERATOR, '-config', config, '-o', file, input];
    execFileSync('go', args, { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  // The package comment is in doc.go.
  const code = readFileSync(file, 'utf8').replace(/^\/\/ Package .*\n\/\/\n/, '');
  writeFileSync(file, code);
  if (/\bunion json\.RawMessage\b/.test(code)) throw new Error('a union became raw JSON; give goModels a type for it');
}
