import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_DEADLINE_MS = 60_000;

export interface ServerProcess {
  port: number;
  close(): Promise<void>;
}

/** Starts a third-party server on a free port in its own folder, and waits until it accepts connections. */
export async function startServerProcess(
  program: string,
  argsFor: (port: number, folder: string) => string[],
  envFor: (folder: string) => Record<string, string> = () => ({}),
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-server-'));
  const port = await freePort();
  const args = argsFor(port, folder);
  const env = { ...process.env, ...envFor(folder) };
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, env });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for (const started = Date.now(); !(await isOpen(port)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() - started > START_DEADLINE_MS)
      throw new Error(`${program} did not start:\n${output}`);
  }
  return {
    port,
    async close() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
