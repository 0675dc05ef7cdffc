import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PythonEnvironment } from '../../../packages/testkit/src/python-environment.ts';
import { toModelSchemas } from './models.ts';
import { answeredSchemas, type RestDocument, readOperations, sentSchemas } from './operations.ts';
import { pythonModels, pythonResources } from './python.ts';
import { camelCase } from './schema.ts';

const HEADER = '# Generated from docs/openapi.json by scripts/gen/clients.ts. Changes here are lost.';

/** Writes models.py, resources.py and async_resources.py to the folder. */
export function makePython(document: RestDocument, environment: PythonEnvironment, folder: string): void {
  const schemas = structuredClone(document.components.schemas);
  const operations = readOperations(document, schemas);
  const answered = answeredSchemas(operations, schemas);
  const sentOnly = new Set([...sentSchemas(operations, schemas)].filter((name) => !answered.has(name)));
  const about = Object.fromEntries(
    (document.tags ?? []).map(({ name, description = '' }) => [camelCase(name), description]),
  );
  mkdirSync(folder, { recursive: true });
  makeModels(pythonModels(toModelSchemas(schemas), sentOnly), environment, join(folder, 'models.py'));
  writeFileSync(join(folder, 'resources.py'), pythonResources(operations, { isAsync: false, about }));
  writeFileSync(join(folder, 'async_resources.py'), pythonResources(operations, { isAsync: true, about }));
  const ruff = (...args: string[]) =>
    execFileSync(environment.program('ruff'), [...args, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const style = ['--isolated', '--line-length', '100', '--target-version', 'py310'];
  // Independent of the location of the folder.
  style.push('--config', 'lint.isort.known-first-party=["lorebox"]');
  ruff('check', '--quiet', ...style, '--select', 'F401,I', '--fix', '--exit-zero');
  ruff('format', '--quiet', ...style);
}

function makeModels(schemas: object, environment: PythonEnvironment, file: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'lorebox-models-'));
  const input = join(scratch, 'openapi.json');
  const document = { openapi: '3.1.0', info: { title: 'Lorebox', version: '1' }, paths: {}, components: { schemas } };
  writeFileSync(input, JSON.stringify(document));
  const options = [
    ...['--input', input, '--input-file-type', 'openapi', '--output', file, '--formatters', 'builtin'],
    ...['--output-model-type', 'pydantic_v2.BaseModel', '--base-class', 'lorebox._model.Model'],
    ...['--target-python-version', '3.10', '--target-pydantic-version', '2.12'],
    ...['--use-standard-collections', '--use-union-operator', '--use-annotated', '--use-type-alias'],
    ...['--snake-case-field', '--no-alias', '--enum-field-as-literal', 'all', '--use-one-literal-as-default'],
    ...['--use-schema-description', '--use-field-description', '--output-datetime-class', 'datetime'],
    ...['--use-double-quotes', '--keep-model-order', '--disable-timestamp', '--custom-file-header', HEADER],
  ];
  try {
    execFileSync(environment.program('datamodel-codegen'), options, {
      cwd: scratch,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
