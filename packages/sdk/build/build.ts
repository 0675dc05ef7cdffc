// Makes dist/ as it is published: plain ESM and one .d.ts per entry, with nothing in them of the workspace's other packages
// but types. `node build/build.ts`; pnpm runs it before it packs.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'tsdown';
import { createWireTypes } from './wire-types.ts';

const PACKAGE = join(import.meta.dirname, '..');
/** The sources, as they would be if the contract and the router were a file of plain types among them. */
const STAGE = join(PACKAGE, '.build');

export async function buildPackage(): Promise<void> {
  try {
    stageSources();
    await build({
      config: false,
      cwd: PACKAGE,
      entry: { index: join(STAGE, 'index.ts'), webhooks: join(STAGE, 'webhooks.ts') },
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      fixedExtension: false,
      tsconfig: join(STAGE, 'tsconfig.json'),
      dts: true,
      clean: true,
      report: false,
      logLevel: 'warn',
    });
  } finally {
    rmSync(STAGE, { recursive: true, force: true });
  }
}

function stageSources(): void {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE);
  const wire = join(STAGE, 'wire.ts');
  writeFileSync(wire, createWireTypes());
  for (const file of globSync('**/*.ts', { cwd: join(PACKAGE, 'src') })) {
    if (file.endsWith('.test.ts')) continue;
    const target = join(STAGE, file);
    cpSync(join(PACKAGE, 'src', file), target, { recursive: true });
    const toWire = relative(dirname(target), wire)
      .replace(/^(?!\.)/, './')
      .replaceAll('\\', '/');
    writeFileSync(
      target,
      readFileSync(target, 'utf8').replace(/ from '@lorebox\/(?:contract|api)\/[\w-]+'/g, ` from '${toWire}'`),
    );
  }
  const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true };
  writeFileSync(
    join(STAGE, 'tsconfig.json'),
    JSON.stringify({ extends: '../../../tsconfig.base.json', compilerOptions, include: ['**/*.ts'] }),
  );
}

if (import.meta.main) await buildPackage();
