import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lorebox } from '@lorebox/sdk';
import { EXIT } from './context.ts';

/** Only available in a checkout, because the server is not a separate package. */
const SERVER = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const START_DEADLINE_MS = 60_000;

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `work` against a separate server in a temporary folder, and always removes both afterwards. */
export async function withTemporaryServer<T>(work: (lorebox: Lorebox) => Promise<T>): Promise<T> {
  if (!existsSync(SERVER)) {
    const help = 'Start a server, upload the files and ask there, or run the command from a checkout of Lorebox.';
    throw new Error(`\`ask --files\` needs the server, which is not part of this package. ${help}`);
  }
  const apiKey = `lbx_${randomBytes(24).toString('base64url')}`;
  let isLeaving = false;
  const leave = () => {
    if (!isLeaving) void cleanUp().finally(() => process.exit(EXIT.interrupted));
    isLeaving = true;
  };
  // Register before creating the folder, so that a signal always removes it. `on` instead of `once` because of a second
  // Ctrl-C.
  for (const signal of STOP_SIGNALS) process.on(signal, leave);
  const dataDir = mkdtempSync(join(tmpdir(), 'lorebox-'));
  const server = spawn(process.execPath, [SERVER], {
    env: toEnv(dataDir, apiKey),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const cleanUp = async () => {
    server.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const baseUrl = await readAddress(server.stderr);
    return await work(new Lorebox({ baseUrl, apiKey }));
  } finally {
    // Ignore the error of the interrupted call; `leave` ends the process.
    if (isLeaving) await new Promise(() => {});
    await cleanUp();
    for (const signal of STOP_SIGNALS) process.off(signal, leave);
  }
}

function toEnv(dataDir: string, apiKey: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LOREBOX_DATA_DIR: dataDir,
    LOREBOX_API_KEY: apiKey,
    LOREBOX_LOG_LEVEL: 'silent',
    LOREBOX_PARENT_PID: String(process.pid),
    // Environment variables for another server don't apply to this one. An empty value counts as unset.
    LOREBOX_PUBLIC_URL: '',
    LOREBOX_ADMIN_USERNAME: '',
    LOREBOX_ADMIN_PASSWORD: '',
    LOREBOX_REQUESTS_PER_MINUTE: '',
    HOST: '127.0.0.1',
    PORT: '0',
  };
}

function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = () => {
      clearTimeout(timer);
      reject(new Error(`The temporary server failed to start:\n${text}`));
    };
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
