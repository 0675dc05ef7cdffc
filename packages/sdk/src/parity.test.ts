import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRouter } from '@lorebox/api/router';
import { expect, it } from 'vitest';

/** Procedures without a method, with the reason. */
const EXCEPTIONS: Record<string, string> = {
  'chat.answer': 'the REST form of ask and watch; over tRPC a line that reconnects would ask again',
};

function calledProcedures(): Set<string> {
  const files = globSync('{client,resources/*}.ts', { cwd: import.meta.dirname });
  const source = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
  const calls = source.matchAll(/\b(?:client|api)\.((?:\w+\.)*\w+)\.(?:query|mutate|subscribe)\(/g);
  return new Set([...calls].map(([, path = '']) => path));
}

it('the client has a method for every procedure of the server', () => {
  const called = calledProcedures();
  const procedures = Object.keys(appRouter._def.procedures);
  expect(procedures.filter((path) => !called.has(path))).toEqual(Object.keys(EXCEPTIONS));
  expect([...called].filter((path) => !procedures.includes(path))).toEqual([]);
});

it('the client has a method for every operation of the OpenAPI document', () => {
  const file = join(import.meta.dirname, '../../../docs/openapi.json');
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const operations = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  const named = [...calledProcedures(), ...Object.keys(EXCEPTIONS)].map((path) =>
    path.replace(/\.(\w)/g, (_, first: string) => first.toUpperCase()),
  );
  expect(operations.sort()).toEqual(named.sort());
});

it('errors have the same names in the TypeScript, Python and Go SDKs', () => {
  const namesIn = (path: string, pattern: RegExp) =>
    [...readFileSync(join(import.meta.dirname, '../..', path), 'utf8').matchAll(pattern)]
      .map(([, name = '']) => name)
      .sort();
  const names = namesIn('sdk/src/errors.ts', /^export class (\w+)Error extends \w+/gm);
  const kinds = names.filter((name) => name !== 'Lorebox');
  expect(kinds).toContain('PermissionDenied');
  expect(namesIn('sdk-python/src/lorebox/errors.py', /^class (\w+)Error\(\w+\)/gm)).toEqual(names);
  expect(namesIn('sdk-go/errors.go', /^\tErr(\w+) += errors\.New/gm)).toEqual(kinds);
});
