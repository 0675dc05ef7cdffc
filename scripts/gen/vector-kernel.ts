// Builds packages/storage/src/sqlite/search/dot-product.gen.ts from the .wat beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const folder = join(import.meta.dirname, '../../packages/storage/src/sqlite/search');
const tool = await wabt();
const source = readFileSync(join(folder, 'dot-product.wat'), 'utf8');
const { buffer } = tool.parseWat('dot-product.wat', source, { simd: true }).toBinary({});
const base64 = Buffer.from(buffer).toString('base64');
writeFileSync(
  join(folder, 'dot-product.gen.ts'),
  `// Made by scripts/gen/vector-kernel.ts from dot-product.wat. Do not edit.\nexport const DOT_PRODUCT_WASM =\n  '${base64}';\n`,
);
