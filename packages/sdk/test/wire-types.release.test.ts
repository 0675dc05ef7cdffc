import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createWireTypes } from '../build/wire-types.ts';

/** Inside the package, so that imports resolve. */
const SCRATCH = join(import.meta.dirname, '../.wire-types');
const PACKAGES = join(import.meta.dirname, '../..');
const INPUTS = join(PACKAGES, 'sdk/src/inputs.ts');
const TSC = join(PACKAGES, '../node_modules/.bin/tsc');

afterAll(() => rmSync(SCRATCH, { recursive: true, force: true }));

/** Type name -> module of the contract. */
function contractTypes(): Map<string, string> {
  const files = globSync('contract/src/*.ts', { cwd: PACKAGES });
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(join(PACKAGES, file), 'utf8').matchAll(/^export (?:type|interface) (\w+)/gm)].map(
        ([, name = '']) => [name, file.replace(/^.*[\\/]|\.ts$/g, '')] as const,
      ),
    ),
  );
}

const PREAMBLE = `import type { AppRouter } from '@lorebox/api/router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type * as Wire from './wire.ts';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const inputs: Same<inferRouterInputs<Wire.AppRouter>, inferRouterInputs<AppRouter>> = true;
export const outputs: Same<inferRouterOutputs<Wire.AppRouter>, inferRouterOutputs<AppRouter>> = true;
type ErrorShape = AppRouter['_def']['_config']['$types']['errorShape'];
type WireErrorShape = Wire.AppRouter['_def']['_config']['$types']['errorShape'];
export const toWire = (error: ErrorShape): WireErrorShape => error;
`;

it('the published types match those of the contract and the router', () => {
  const wire = createWireTypes();
  const modules = contractTypes();
  const names = [...wire.matchAll(/^export type (\w+) =/gm)]
    .map(([, name = '']) => name)
    .filter((name) => modules.has(name));
  expect(names.length).toBeGreaterThan(50);
  const inputs = new Set(
    [...readFileSync(INPUTS, 'utf8').matchAll(/^export type (\w+)/gm)].map(([, name = '']) => name),
  );
  const moduleOf = (name: string) => (inputs.has(name) ? '../src/inputs.ts' : `@lorebox/contract/${modules.get(name)}`);
  const checks = names.map(
    (name) =>
      `import type { ${name} as Own${name} } from '${moduleOf(name)}';\n` +
      `export const same${name}: Same<Wire.${name}, Own${name}> = true;\n`,
  );
  rmSync(SCRATCH, { recursive: true, force: true });
  mkdirSync(SCRATCH);
  writeFileSync(join(SCRATCH, 'wire.ts'), wire);
  writeFileSync(join(SCRATCH, 'check.ts'), PREAMBLE + checks.join(''));
  writeFileSync(join(SCRATCH, 'tsconfig.json'), '{"extends":"../../../tsconfig.json","include":["check.ts"]}');
  expect(spawnSync(TSC, ['-p', SCRATCH], { encoding: 'utf8' }).stdout).toBe('');
});
