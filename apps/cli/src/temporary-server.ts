import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lorebox } from '@lorebox/sdk';

const SERVER = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const START_DEADLINE_MS = 60_000;

/** Runs `work` against a server of its own in a temporary folder; both are gone afterwards, whatever happens. */
export async function withTemporaryServer<T>(work: (lorebox: Lorebox) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lorebox-'));
  const apiKey = `lbx_${randomBytes(24).toString('base64url')}`;
  const env = {
    ...process.env,
    LOREBOX_DATA_DIR: dataDir,
    LOREBOX_API_KEY: apiKey,
    LOREBOX_LOG_LEVEL: 'silent',
    LOREBOX_PARENT_PID: String(process.pid),
    HOST: '127.0.0.1',
    PORT: '0',
  };
  const server = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const cleanUp = async () => {
    server.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  const leave = () => void cleanUp().finally(() => process.exit(130));
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    const baseUrl = await readAddress(server.stderr);
    return await work(new Lorebox({ baseUrl, apiKey }));
  } finally {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
    await cleanUp();
  }
}

function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = () => reject(new Error(`The temporary server did not start:\n${text}`));
    const timer = setTimeout(fail, START_DEADLINE_MS);
    output.on('data', (chunk) => {
      text += chunk;
      const address = /ready at (\S+)/.exec(text)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    output.on('end', fail);
  });
}
