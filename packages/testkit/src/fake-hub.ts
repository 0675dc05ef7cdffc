import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** IDs are positions. The tiny network counts the ID of "heron". */
const PIECES = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'the', 'a', 'river', 'pump', 'heron', '.'];
export const TINY_RERANKER = 'tests/tiny-cross-encoder';

/** Starts a model hub with one repository: a cross-encoder of half a kilobyte that prefers herons. */
export async function startFakeHub() {
  const network = readFileSync(join(import.meta.dirname, 'fixtures/tiny-cross-encoder.onnx'));
  const vocab = Object.fromEntries(PIECES.map((piece, id) => [piece, id]));
  const files: Record<string, Buffer | string> = {
    [`/${TINY_RERANKER}/resolve/main/onnx/model.onnx`]: network,
    [`/${TINY_RERANKER}/resolve/main/tokenizer.json`]: JSON.stringify({ model: { type: 'WordPiece', vocab } }),
    '/tests/unigram/resolve/main/model.onnx': network,
    '/tests/unigram/resolve/main/tokenizer.json': JSON.stringify({ model: { type: 'Unigram', vocab: [] } }),
  };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file ?? 'Entry not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
