import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeServer, startFakeServer } from '@lorebox/testkit/fake-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { downloadFirst } from './download-file.ts';

const BYTES = Buffer.alloc(5000, 'x');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

let folder: string;
let hub: FakeServer;
let digest: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
  digest = SHA256;
  hub = await startFakeServer({
    'GET /named': ({ response }) =>
      void response.writeHead(302, { location: '/bytes', 'x-linked-etag': `"${digest}"` }).end(),
    'GET /bytes': ({ response }) => void response.writeHead(200).end(BYTES),
    'GET /round': ({ response }) => void response.writeHead(302, { location: '/round' }).end(),
  });
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

const download = (path: string, maxBytes = 10_000) =>
  downloadFirst([`${hub.url}${path}`], join(folder, 'file'), maxBytes);

it('stores the bytes and records their origin', async () => {
  await download('/named');
  expect(readFileSync(join(folder, 'file'))).toEqual(BYTES);
  const origin = JSON.parse(readFileSync(join(folder, 'file.origin.json'), 'utf8'));
  expect(origin).toEqual({ url: `${hub.url}/named`, sha256: SHA256, isVerified: true });
});

it('deletes a file that is too large or has the wrong digest', async () => {
  await expect(download('/named', 4999)).rejects.toThrow(/LOREBOX_MAX_MODEL_MB/);
  digest = '0'.repeat(64);
  await expect(download('/named')).rejects.toThrow(/SHA-256/);
  await expect(download('/round')).rejects.toThrow(/redirects/);
  expect(existsSync(join(folder, 'file'))).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it('reports that the hub names no digest', async () => {
  await download('/bytes');
  expect(JSON.parse(readFileSync(join(folder, 'file.origin.json'), 'utf8'))).toMatchObject({ isVerified: false });
});
