import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_DEADLINE_MS = 60_000;

/** Starts Chroma's own server: `program` is the `chroma` of a Python environment. */
export async function startChroma(program: string): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-chroma-'));
  const port = await freePort();
  const args = ['run', '--host', '127.0.0.1', '--port', String(port), '--path', folder];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  for (const started = Date.now(); ; await sleep(100)) {
    const answer = await fetch(`${url}/api/v2/heartbeat`).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() - started > START_DEADLINE_MS)
      throw new Error(`Chroma did not start:\n${output}`);
  }
  return {
    url,
    async close() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
