import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parser } from '@lorebox/ports/parser';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createParserPool } from './pool.ts';
import { findSandbox, findUnshare, type Sandbox } from './sandbox.ts';
import type { Attack, AttackReport } from './testing/attacking-child.ts';

const childModule = fileURLToPath(new URL('./testing/attacking-child.ts', import.meta.url));
const strongest = await findSandbox('auto');
const permissions = await findSandbox('off');
const unshare = await findUnshare();

let dataDir: string;
let server: Server;
let attack: Attack;
let pool: Parser | undefined;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lorebox-sandbox-'));
  mkdirSync(join(dataDir, 'blobs'));
  const secrets = ['secret.key', 'lorebox.db', 'blobs/other'].map((name) => join(dataDir, name));
  for (const path of secrets) writeFileSync(path, 'secret');
  writeFileSync(join(dataDir, 'blobs/own'), 'The file itself.');
  const image = join(dataDir, 'blobs/image.png');
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).toFile(image);
  server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const process_ = ['environ', 'maps', 'cmdline', 'fd/', 'root/'].map((name) => `/proc/${process.pid}/${name}`);
  attack = {
    files: [...secrets, ...process_, `${dataDir}/`, '/etc/passwd', '/root/', '/home/'],
    write: join(dataDir, 'written'),
    port: (server.address() as AddressInfo).port,
    image,
  };
});
afterEach(() => pool?.close());
afterAll(() => {
  server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function run(sandbox: Sandbox, isNative: boolean): Promise<AttackReport> {
  const ocr = { languages: [], folders: [join(dataDir, 'ocr')] };
  // A pool for texts hands scans on. The test only needs the access of that other child.
  pool = createParserPool({ childModule, sandbox, workFolder: join(dataDir, 'parsing'), ...(isNative ? { ocr } : {}) });
  const filename = JSON.stringify(attack);
  const { text } = await pool.parse({ path: join(dataDir, 'blobs/own'), filename });
  return JSON.parse(text) as AttackReport;
}

describe('a parser controlled by an attacker', { timeout: 30_000 }, () => {
  const nothing = { files: [], hasWritten: false, hasReadNatively: false, ownFile: 'The file itself.' };

  it('can only access its own file and sees no secrets in its environment, with permissions', async () => {
    const report = await run(permissions, false);
    expect(report).toMatchObject(nothing);
    expect(
      report.variables.filter(
        (name) => !['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'HOME', 'TZ'].includes(name),
      ),
    ).toEqual([]);
  });

  it.skipIf(strongest.layer !== 'bubblewrap')(
    'cannot access the network or other processes, with bubblewrap',
    async () => {
      expect(await run(strongest, false)).toMatchObject({ ...nothing, hasConnected: false });
    },
  );

  it.skipIf(unshare === null)('cannot access the network, with unshare', async () => {
    const report = await run({ layer: 'unshare', bwrap: null, unshare, reason: 'tested' }, false);
    expect(report).toMatchObject({ ...nothing, hasConnected: false });
  });

  it.skipIf(strongest.layer !== 'bubblewrap')('cannot do so with native code either', async () => {
    expect(await run(strongest, true)).toMatchObject({ ...nothing, hasConnected: false });
  });
});

describe('findSandbox', () => {
  it('reports why a stronger layer is not in use', async () => {
    expect(permissions).toEqual({
      layer: 'permissions',
      bwrap: null,
      unshare: null,
      reason: 'LOREBOX_PARSER_SANDBOX is "off".',
    });
    expect(strongest.reason === null).toBe(strongest.layer === 'bubblewrap');
  });

  it.skipIf(strongest.layer === 'bubblewrap')('fails if bubblewrap is required but missing', async () => {
    await expect(findSandbox('require')).rejects.toThrow('Install bubblewrap');
  });
});
