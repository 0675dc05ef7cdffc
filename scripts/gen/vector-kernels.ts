// Builds packages/storage/src/sqlite/search/vector-kernels.gen.ts from the .wat file next to it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const folder = join(import.meta.dirname, '../../packages/storage/src/sqlite/search');
const tool = await wabt();
const source = readFileSync(join(folder, 'vector-kernels.wat'), 'utf8');
const { buffer } = tool.parseWat('vector-kernels.wat', source, { simd: true }).toBinary({});
const base64 = Buffer.from(buffer).toString('base64');
writeFileSync(
  join(folder, 'vector-kernels.gen.ts'),
  `// Made by scripts/gen/vector-kernels.ts from vector-kernels.wat. Do not edit.\nexport const VECTOR_KERNELS_WASM =\n  '${base64}';\n`,
);
