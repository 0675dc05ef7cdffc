import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRouter } from '@lorebox/api/router';
import { expect, it } from 'vitest';

/** Procedures without a method, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  'chat.answer': 'the REST form of ask and watch; over tRPC a line that reconnects would ask again',
};

it('the client has a method for every procedure of the server', () => {
  const files = globSync('{client,resources/*}.ts', { cwd: import.meta.dirname });
  const source = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
  const called = new Set(
    [...source.matchAll(/\b(?:client|api)\.((?:\w+\.)*\w+)\.(?:query|mutate|subscribe)\(/g)].map(([, path]) => path),
  );
  const procedures = Object.keys(appRouter._def.procedures);
  expect(procedures.filter((path) => !called.has(path))).toEqual(Object.keys(EXCEPTIONS));
  expect([...called].filter((path) => path !== undefined && !procedures.includes(path))).toEqual([]);
});
