// Builds dist/ as published: plain ESM and one .d.ts per entry, which contain only types of the other workspace
// packages. Usage: `node build/build.ts`; pnpm runs it before packing.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'tsdown';
import { createWireTypes } from './wire-types.ts';

const PACKAGE = join(import.meta.dirname, '..');
/** The sources with the contract and the router replaced by a file of plain types. */
const STAGE = join(PACKAGE, '.build');
const ENTRIES = ['index', 'webhooks'];

export async function buildPackage(): Promise<void> {
  try {
    stageSources();
    rmSync(join(PACKAGE, 'dist'), { recursive: true, force: true });
    for (const entry of ENTRIES) await buildEntry(entry);
  } finally {
    rmSync(STAGE, { recursive: true, force: true });
  }
}

/** Builds one entry at a time, so that all of its types are in a separate file. */
async function buildEntry(entry: string): Promise<void> {
  await build({
    config: false,
    cwd: PACKAGE,
    entry: { [entry]: join(STAGE, `${entry}.ts`) },
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    fixedExtension: false,
    tsconfig: join(STAGE, 'tsconfig.json'),
    dts: true,
    clean: false,
    report: false,
    logLevel: 'warn',
  });
}

function stageSources(): void {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE);
  const wire = join(STAGE, 'wire.ts');
  writeFileSync(wire, createWireTypes());
  for (const file of globSync('**/*.ts', { cwd: join(PACKAGE, 'src') })) {
    if (file.endsWith('.test.ts')) continue;
    if (file === 'inputs.ts') continue; // written out in full in wire.ts
    const target = join(STAGE, file);
    cpSync(join(PACKAGE, 'src', file), target, { recursive: true });
    const toWire = relative(dirname(target), wire)
      .replace(/^(?!\.)/, './')
      .replaceAll('\\', '/');
    writeFileSync(
      target,
      readFileSync(target, 'utf8').replace(
        / from '(?:@lorebox\/(?:contract|api)\/[\w-]+|[./]+\/inputs\.ts)'/g,
        ` from '${toWire}'`,
      ),
    );
  }
  const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true };
  writeFileSync(
    join(STAGE, 'tsconfig.json'),
    JSON.stringify({ extends: '../../../tsconfig.base.json', compilerOptions, include: ['**/*.ts'] }),
  );
}

if (import.meta.main) await buildPackage();
