import { defineConfig } from 'tsdown';

/** dist/ as it is published; `pnpm pack` runs it. */
export default defineConfig({
  entry: 'src/index.ts',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  tsconfig: '../../tsconfig.base.json',
  dts: { compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true } },
  logLevel: 'warn',
  report: false,
});
