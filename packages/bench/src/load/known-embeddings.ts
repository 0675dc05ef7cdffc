import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** OpenAI's embeddings API for texts with precomputed vectors. Any other text gets the first vector. */
export async function startKnownEmbeddings(vectors: ReadonlyMap<string, Float32Array>) {
  const [fallback] = vectors.values();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.method !== 'POST') return response.end('{"object":"list","data":[{"id":"known","object":"model"}]}');
      const { input } = JSON.parse(Buffer.concat(pieces).toString()) as { input: string | string[] };
      const data = [input].flat().map((text, index) => ({
        index,
        embedding: Array.from(vectors.get(text) ?? fallback ?? []),
      }));
      response.end(JSON.stringify({ object: 'list', model: 'known', data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}
