import { defineConfig } from 'tsdown';

/** One file that Node runs as it is. The SDK and commander are dependencies of the package. */
export default defineConfig({
  entry: { main: 'src/main.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  fixedExtension: false,
  dts: false,
  clean: true,
  report: false,
  logLevel: 'warn',
});
