import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Lists the files that the service worker keeps for use without a network, without those that few people need. */
function listFiles(): Plugin {
  return {
    name: 'lorebox-list-files',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(?:js|css|woff2)$/.test(name) && !/\/syntax-/.test(name));
      this.emitFile({
        type: 'asset',
        fileName: 'assets/files.json',
        source: JSON.stringify(files.map((name) => `/${name}`)),
      });
    },
  };
}

const DIST = join(import.meta.dirname, 'dist');
const MIN_COMPRESSED_BYTES = 1024;

/** Adds what pdf.js loads at run time: character maps of Asian fonts, the standard fonts, and decoders. */
function copyPdfFiles(): void {
  const source = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
    cpSync(join(source, folder), join(DIST, 'assets/pdf', folder), {
      recursive: true,
      filter: (path) => !/LICENSE|_nowasm_fallback/.test(path),
    });
  }
}

/**
 * Compresses once, when the app is built, and keeps only the compressed files. With gzip, because browsers accept
 * Brotli over https alone, and many installations have only http.
 */
function compressFiles(): void {
  for (const name of globSync('**/*.{js,mjs,css,svg,json,wasm,bcmap,ttf,pfb}', { cwd: DIST })) {
    const bytes = readFileSync(join(DIST, name));
    if (bytes.length < MIN_COMPRESSED_BYTES) continue;
    writeFileSync(join(DIST, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    rmSync(join(DIST, name));
  }
}

function finishDist(): Plugin {
  return {
    name: 'lorebox-finish-dist',
    apply: 'build',
    closeBundle() {
      copyPdfFiles();
      compressFiles();
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), listFiles(), finishDist()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        chunkFileNames: ({ moduleIds }) =>
          moduleIds.some((id) => /@shikijs\/(?:langs|themes)/.test(id))
            ? 'assets/syntax-[name]-[hash].js'
            : 'assets/[name]-[hash].js',
        // Every page needs these, and hundreds of small files load slower than two.
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /node_modules\/(?:react|react-dom|scheduler|@tanstack\/(?:history|store|react-store|react-router|router-core|query-core|react-query)|@trpc|superjson|@lingui|@messageformat|idb-keyval)\//,
            },
            { name: 'overlays', test: /node_modules\/(?:@base-ui|@floating-ui)\// },
            {
              name: 'app',
              test: /apps\/web\/src\/(?:i18n\/[^/]+\.tsx?|api\/|lib\/|shell\/(?:session|not-found-page|last-workspace|sidebar-state)|ui\/(?:button|field|states|problem-note)\.tsx)/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/trpc-ws': { target: 'ws://127.0.0.1:3001', ws: true },
      '/trpc': 'http://127.0.0.1:3001',
      '/v1': 'http://127.0.0.1:3001',
      '/files': 'http://127.0.0.1:3001',
    },
  },
});
