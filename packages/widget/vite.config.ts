import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const DIST = join(import.meta.dirname, 'dist');
const ENTRY = process.env.WIDGET_ENTRY ?? 'widget';
const IS_REACT = ENTRY === 'react';

/** The server sends the scripts compressed, and unpacks them for the rare client that doesn't accept gzip. */
function compressScript(): Plugin {
  return {
    name: 'lorebox-compress-script',
    apply: 'build',
    closeBundle() {
      if (IS_REACT) return;
      const path = join(DIST, `${ENTRY}.js`);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      rmSync(path);
    },
  };
}

/** Builds one entry per run, because classic scripts can't share chunks. `build.mjs` builds all of them. */
export default defineConfig({
  plugins: [compressScript()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    modulePreload: false,
    lib: {
      entry: join(import.meta.dirname, IS_REACT ? 'src/react.tsx' : `src/${ENTRY}.ts`),
      formats: [IS_REACT ? 'es' : 'iife'],
      name: 'LoreboxWidget',
      fileName: () => `${ENTRY}.js`,
    },
    rolldownOptions: { external: [/^react(?:\/|$)/] },
  },
});
