import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
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

/** What pdf.js loads at run time: character maps of Asian fonts, the standard fonts, and decoders. */
function copyPdfFiles(): Plugin {
  return {
    name: 'lorebox-pdf-files',
    writeBundle({ dir }) {
      const source = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
        cpSync(join(source, folder), join(dir ?? 'dist', 'assets/pdf', folder), {
          recursive: true,
          filter: (path) => !/LICENSE|_nowasm_fallback/.test(path),
        });
      }
    },
  };
}

const MIN_COMPRESSED_BYTES = 1024;

/** Compresses once, when the app is built. The server sends the `.br` file to browsers that accept it. */
function compressFiles(): Plugin {
  return {
    name: 'lorebox-compress',
    closeBundle() {
      const folder = join(import.meta.dirname, 'dist');
      for (const name of globSync('**/*.{js,mjs,css,svg,json,html}', { cwd: folder })) {
        const bytes = readFileSync(join(folder, name));
        if (bytes.length >= MIN_COMPRESSED_BYTES) writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), listFiles(), copyPdfFiles(), compressFiles()],
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
          moduleIds.some((id) => id.includes('@shikijs/langs') || id.includes('@shikijs/themes'))
            ? 'assets/syntax-[name]-[hash].js'
            : 'assets/[name]-[hash].js',
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
