import { type FakeExchange, type JsonObject, type Pace, sendJson, writePieces } from './fake-server.ts';

/** Errors of /api/pull by the start of the name. Ollama sends them in the stream, after status 200. */
const PULL_ERRORS: Record<string, string> = {
  missing: 'pull model manifest: file does not exist',
  offline: 'pull model manifest: Get "https://registry.ollama.ai/v2/library/x/manifests/latest": no such host',
};

/**
 * Answers /api/pull: status 400 for invalid names, and otherwise a stream. Returns the downloaded model; null if there is
 * none.
 */
export async function pullModel(exchange: FakeExchange, pace: Pace): Promise<string | null> {
  const { request, response } = exchange;
  const name = String(request.body.model ?? request.body.name ?? '');
  if (/[^\w./:-]/.test(name)) {
    sendJson(response, 400, { error: 'invalid model name' });
    return null;
  }
  const lines: JsonObject[] = [{ status: 'pulling manifest' }];
  const error = Object.entries(PULL_ERRORS).find(([start]) => name.startsWith(start))?.[1];
  if (error) {
    lines.push({ error });
  } else {
    const layer = { status: 'pulling 74701a8c35f6', digest: 'sha256:74701a8c35f6', total: 1000 };
    lines.push(...[100, 500, 1000].map((completed) => ({ ...layer, completed })));
    lines.push({ status: 'verifying sha256 digest' }, { status: 'writing manifest' }, { status: 'success' });
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  await writePieces(
    exchange,
    lines.map((line) => `${JSON.stringify(line)}\n`),
    pace,
  );
  if (error) return null;
  return name.includes(':') ? name : `${name}:latest`;
}
