import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PAGE = 'https://app.example';

let open: LoreboxProcess;
let closed: LoreboxProcess;

beforeAll(async () => {
  [open, closed] = await Promise.all([
    startLorebox({ env: { LOREBOX_CORS_ORIGINS: `${PAGE}, http://localhost:5173/` } }),
    startLorebox(),
  ]);
});
afterAll(() => Promise.all([open.dispose(), closed.dispose()]));

const preflight = (server: LoreboxProcess, path: string, origin = PAGE) =>
  fetch(`${server.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });

describe('cross-origin pages', () => {
  it('can call every API with a key and read the response headers when allowed', async () => {
    for (const path of ['/v1/workspaces', '/trpc/workspaces.list', '/openai/v1/models']) {
      const asked = await preflight(open, path);
      expect(asked.status, path).toBe(204);
      expect(asked.headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(asked.headers.get('access-control-allow-headers')).toContain('idempotency-key');
      expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    }
    const authorization = `Bearer ${open.apiKey}`;
    const answer = await fetch(`${open.url}/v1/workspaces`, { headers: { origin: PAGE, authorization } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
    const refused = await fetch(`${open.url}/v1/workspaces`, { headers: { origin: PAGE } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, PAGE]);
  });

  it('are blocked otherwise', async () => {
    expect(
      (await preflight(open, '/v1/workspaces', 'https://evil.example')).headers.get('access-control-allow-origin'),
    ).toBeNull();
    expect((await preflight(closed, '/v1/workspaces')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
