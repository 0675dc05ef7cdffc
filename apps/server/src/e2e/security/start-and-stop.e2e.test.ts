import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../../..');
const NOBODY = 65_534;

function canRunAs(uid: number): boolean {
  const program = `require('node:fs').readFileSync(${JSON.stringify(join(ROOT, 'package.json'))})`;
  return process.getuid?.() === 0 && spawnSync(process.execPath, ['-e', program], { uid }).status === 0;
}

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'lorebox-start-'));
  cleanUps.push(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

interface Started {
  npm: ChildProcess;
  /** npm, its shell if it stays, the bootstrap script and the server, outermost first. */
  pids: number[];
  port: number;
}

/** Runs `npm start` like a person or a process manager. */
async function startWithNpm(dataDir: string): Promise<Started> {
  const env = { PATH: process.env.PATH ?? '', HOME: dataDir, PORT: '0', LOREBOX_DATA_DIR: dataDir };
  const npm = spawn('npm', ['start'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  cleanUps.push(() => npm.kill('SIGKILL'));
  let printed = '';
  npm.stderr.on('data', (chunk) => (printed += chunk));
  npm.stdout.on('data', (chunk) => (printed += chunk));
  await expect.poll(() => printed, { timeout: 60_000 }).toMatch(/"msg":"ready"/);
  const pids = [npm.pid ?? 0];
  for (let child: number | undefined = npm.pid; child !== undefined; ) {
    child = childrenOf(child)[0];
    if (child !== undefined) pids.push(child);
  }
  return { npm, pids, port: Number(/ready at \S+:(\d+)/.exec(printed)?.[1]) };
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** A killed process that has not been reaped counts as gone. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    cleanUps.push(() => socket.destroy());
  });
}

describe.skipIf(process.platform !== 'linux')('a signal to any process of `npm start` ends all of them', () => {
  it.each([
    ['npm', 0, 'SIGTERM'],
    ['npm', 0, 'SIGINT'],
    ['npm', 0, 'SIGHUP'],
    ['npm', 0, 'SIGKILL'],
    ['the bootstrap script', -2, 'SIGTERM'],
    ['the bootstrap script', -2, 'SIGHUP'],
    ['the bootstrap script', -2, 'SIGKILL'],
    ['the server', -1, 'SIGTERM'],
    ['the server', -1, 'SIGINT'],
  ] as const)('%s (%i) gets %s', async (_who, place, signal) => {
    const dataDir = makeDataDir();
    const { pids, port } = await startWithNpm(dataDir);
    process.kill(pids.at(place) ?? 0, signal);
    await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    expect(await isListening(port)).toBe(false);
    expect(readdirSync(dataDir)).not.toContain('running'); // the server shut down gracefully
  });
});

describe('stopping', () => {
  it('waits for requests in flight, and a second signal exits immediately', async () => {
    const server = await startLorebox();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.write(`GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.apiKey}\r\nX-Slow:`);
    await expect.poll(async () => (await fetch(`${server.url}/healthz`)).status).toBe(200);
    const stopped = server.stop();
    await expect.poll(() => server.logs()).toContain('"stopping"');
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 400); // a signal that follows sooner counts as the same Ctrl-C
    await promise;
    process.kill(server.pid, 'SIGTERM');
    expect(await stopped).toBe(130);
    socket.destroy();
    await server.dispose();
  });

  it.each([
    ['an exception that nothing catches', 'throw new Error("boom")'],
    ['a rejection that nothing handles', 'Promise.reject(new Error("boom"))'],
  ])('is graceful after %s: the error is logged and the exit code is 1', async (_name, statement) => {
    const program = `process.on("SIGUSR2", () => { ${statement}; });`;
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(program)}`];
    const server = await startLorebox({ nodeArgs });
    process.kill(server.pid, 'SIGUSR2');
    expect(await server.exited).toBe(1);
    expect(server.logs()).toMatch(/"level":60.*boom/);
    expect(server.logs()).toContain('"stopped"');
    const next = await startLorebox({ dataDir: server.dataDir });
    expect(next.logs()).not.toContain('previous server process was killed');
    await next.dispose();
  });
});

describe('a data folder', () => {
  it('is private, whatever the umask and its previous permissions', async () => {
    const dataDir = makeDataDir();
    chmodSync(dataDir, 0o777);
    const server = await startLorebox({ dataDir });
    expect(openPaths(dataDir)).toEqual([]);
    await server.dispose();
  });

  it('that belongs to another user is rejected with the command that fixes it', async (context) => {
    if (!canRunAs(NOBODY)) return context.skip('needs root, and a checkout that other users may read');
    const dataDir = makeDataDir();
    chmodSync(dataDir, 0o755);
    await expect(startLorebox({ dataDir, uid: NOBODY })).rejects.toThrow(
      /User 65534 can't write to .*\. Run: chown -R 65534/,
    );
  });

  it('opens again after kill -9 without a delay', async () => {
    let server: LoreboxProcess = await startLorebox();
    for (let round = 0; round < 5; round += 1) {
      process.kill(server.pid, 'SIGKILL');
      server = await startLorebox({ dataDir: server.dataDir });
    }
    await server.dispose();
  });
});

/** Returns the paths in a folder that users other than the owner can read or write. */
function openPaths(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return [folder, ...entries].filter((path) => (statSync(path).mode & 0o077) !== 0);
}
