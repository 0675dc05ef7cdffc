import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lorebox } from './index.ts';

const send = vi.fn(async () => new Response('{}', { status: 404 }));
beforeEach(() => {
  vi.stubEnv('LOREBOX_URL', undefined);
  vi.stubEnv('LOREBOX_API_KEY', undefined);
  send.mockClear();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const sentHeaders = async (lorebox: Lorebox) => {
  await lorebox.status({ maxRetries: 0 }).catch(() => {});
  const [, init] = send.mock.calls[0] as unknown as [string, { headers: Record<string, string> }];
  return init.headers;
};

describe('the options', () => {
  it('come from the environment', async () => {
    vi.stubEnv('LOREBOX_URL', 'https://lorebox.example.com/base/');
    vi.stubEnv('LOREBOX_API_KEY', 'lbx_env');
    const lorebox = new Lorebox({ fetch: send });
    expect(lorebox.baseUrl).toBe('https://lorebox.example.com/base');
    expect(await sentHeaders(lorebox)).toMatchObject({ authorization: 'Bearer lbx_env', 'lorebox-api-version': '1' });
  });

  it('override the environment, and null sends no key', async () => {
    vi.stubEnv('LOREBOX_URL', 'https://lorebox.example.com');
    vi.stubEnv('LOREBOX_API_KEY', 'lbx_env');
    const lorebox = new Lorebox({ baseUrl: 'http://127.0.0.1:3001///', apiKey: null, fetch: send });
    expect(lorebox.baseUrl).toBe('http://127.0.0.1:3001');
    expect(await sentHeaders(lorebox)).not.toHaveProperty('authorization');
  });

  it('have a default URL', () => {
    expect(new Lorebox().baseUrl).toBe('http://127.0.0.1:3001');
  });

  it('include headers for every request', async () => {
    expect(await sentHeaders(new Lorebox({ headers: { 'x-tenant': 'a' }, fetch: send }))).toMatchObject({
      'x-tenant': 'a',
    });
  });

  it.for([
    ['localhost:3001', 'baseUrl "localhost:3001" has no scheme. Use "http://localhost:3001".'],
    ['ftp://host', 'baseUrl "ftp://host" must begin with http:// or https://.'],
    ['http://host:3001/v1/', 'baseUrl must not end in /v1. Use "http://host:3001".'],
    ['http://host/openai/v1', 'baseUrl must not end in /openai/v1. Use "http://host".'],
    ['http://', 'baseUrl "http://" is not a valid URL.'],
    ['http://host?x=1', 'baseUrl "http://host?x=1" must not contain a query or a fragment.'],
    ['http://a:b@host', 'baseUrl must not contain a username or password. Use `apiKey` instead.'],
    ['', 'baseUrl is empty.'],
  ] as const)('reject the URL %j', ([baseUrl, message]) => {
    expect(() => new Lorebox({ baseUrl })).toThrow(new TypeError(message));
  });

  it('name the invalid environment variable', () => {
    vi.stubEnv('LOREBOX_URL', 'localhost');
    expect(() => new Lorebox()).toThrow('LOREBOX_URL "localhost" has no scheme.');
  });

  it.for([
    ['', 'apiKey is empty.'],
    ['Bearer lbx_1', 'apiKey must not begin with "Bearer".'],
    ['lbx_1\n', 'apiKey must consist of visible ASCII characters'],
  ] as const)('reject the key %j', ([apiKey, message]) => {
    expect(() => new Lorebox({ apiKey })).toThrow(message);
  });

  it('reject negative numbers', () => {
    expect(() => new Lorebox({ timeout: -1 })).toThrow('timeout must be 0 or more.');
    expect(() => new Lorebox({ maxRetries: Number.NaN })).toThrow('maxRetries must be 0 or more.');
  });
});
