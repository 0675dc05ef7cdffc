import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'lorebox-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (environment: Record<string, string>) => readConfig(environment, folder);
function problemsOf(environment: Record<string, string>): string {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('The configuration is valid.');
}

it('converts units and resolves folders', () => {
  const config = read({
    LOREBOX_DATA_DIR: '/srv/lorebox',
    LOREBOX_MAX_UPLOAD_MB: '3',
    LOREBOX_WEBHOOK_RETRY_SECONDS: '1, 2',
  });
  expect(config).toMatchObject({
    modelsDir: join('/srv/lorebox', 'models'),
    http: { maxUploadBytes: 3 * 1024 * 1024, bodyIdleMs: 30_000 },
    rerank: { timeoutMs: 1500, server: null },
    webhooks: { retryDelaysMs: [1000, 2000] },
    vectors: null,
  });
});

it('lists every problem at once', () => {
  const message = problemsOf({ PORT: 'x', LOREBOX_EMBEDDER: 'openai:m', LOREBOX_VECTOR_BACKEND: 'qdrant' });
  expect(message).toContain('Invalid configuration (3 problems)');
  expect(message).toContain('PORT: must be a whole number');
  expect(message).toContain('LOREBOX_EMBEDDER: "openai:..." requires LOREBOX_OPENAI_URL.');
  expect(message).toContain('LOREBOX_VECTOR_BACKEND: "qdrant" requires LOREBOX_VECTOR_URL.');
});

it('reads the time that Ollama keeps a model loaded, in seconds or as a duration', () => {
  for (const [text, value] of [
    ['-1', -1],
    ['30', 30],
    ['1800', 1800],
    ['1h30m', '1h30m'],
  ] as const) {
    expect(read({ LOREBOX_OLLAMA_KEEP_ALIVE: text }).chat.ollama.keepAlive).toBe(value);
  }
  expect(read({}).chat.ollama.keepAlive).toBe('30m');
  const message = problemsOf({ LOREBOX_OLLAMA_KEEP_ALIVE: 'forever' });
  expect(message).toContain('LOREBOX_OLLAMA_KEEP_ALIVE: must be seconds such as 1800');
});

it('rejects unknown names and suggests the nearest one', () => {
  expect(problemsOf({ LOREBOX_OLAMA_URL: 'http://a' })).toContain(
    'LOREBOX_OLAMA_URL: there is no such setting. Did you mean LOREBOX_OLLAMA_URL?',
  );
  expect(problemsOf({ LOREBOX_SOMETHING_ELSE_ENTIRELY: '1' })).not.toContain('Did you mean');
  expect(read({ LOREBOX_URL: 'http://a', LOREBOX_CONFIG: '/x', LOREBOX_TEST_SEED: '1', OTHER: '1' }).http.port).toBe(
    3001,
  );
});

it('lists the valid values of a provider setting', () => {
  expect(problemsOf({ LOREBOX_EMBEDDER: 'ollama:' })).toContain('"shipped", "ollama:MODEL" or "openai:MODEL"');
  expect(problemsOf({ LOREBOX_RERANKER: 'toy' })).toContain('"off", "onnx:MODEL", "gguf:FILE" or "http:MODEL"');
});

it('gives a folder to a vector backend that needs no server', () => {
  const lancedb = { LOREBOX_VECTOR_BACKEND: 'lancedb', LOREBOX_DATA_DIR: '/srv/lorebox' };
  expect(read(lancedb).vectors?.url).toBe(join('/srv/lorebox', 'lancedb'));
  expect(read({ ...lancedb, LOREBOX_VECTOR_URL: 'db://remote' }).vectors?.url).toBe('db://remote');
});

it('reads .env, and environment variables take precedence', () => {
  writeFileSync(join(folder, '.env'), '# comment\nPORT=4001\nHOST="0.0.0.0"\n');
  const { http } = read({ PORT: '4002' });
  expect(http).toMatchObject({ port: 4002, host: '0.0.0.0' });
  rmSync(join(folder, '.env'));
});
