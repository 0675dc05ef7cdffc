import { defineConfig } from 'tsdown';

/** Builds dist/ as published. Run by `pnpm pack`. */
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
