import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SERVER = join(import.meta.dirname, '../../../apps/server/src/main.ts');
const START_DEADLINE_MS = 60_000;
/** Folder for server coverage; see scripts/coverage.ts. */
const V8_COVERAGE = process.env.LOREBOX_TEST_V8_COVERAGE;
/** Environment for programs of this repository that tests start. */
export const coverageEnv: Record<string, string> = V8_COVERAGE ? { NODE_V8_COVERAGE: V8_COVERAGE } : {};

export interface LoreboxProcess {
  url: string;
  apiKey: string;
  dataDir: string;
  pid: number;
  /** Returns what the server has printed to the console so far. */
  output(): string;
  /** Returns the log lines so far, one JSON object each. */
  logs(): string;
  /** The exit code; null if a signal ended it. */
  exited: Promise<number | null>;
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL, to simulate a power loss or an OOM kill. */
  kill(): Promise<void>;
  /** Stops it and removes its data folder. */
  dispose(): Promise<void>;
}

export interface LoreboxOptions {
  dataDir?: string;
  env?: Record<string, string>;
  nodeArgs?: string[];
  uid?: number;
  /** A build to run instead of the sources, and the Node to run it with. */
  program?: { node: string; script: string };
}

/** Starts the real server in a separate process, on a free port, in a fresh (or the given) data folder. */
export async function startLorebox(options: LoreboxOptions = {}): Promise<LoreboxProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'lorebox-test-'));
  const apiKey = 'lbx_test-key-of-the-test-kit';
  const env = {
    PATH: process.env.PATH ?? '',
    ...coverageEnv,
    HOME: dataDir,
    NODE_COMPILE_CACHE: join(tmpdir(), 'lorebox-compile-cache'),
    PORT: '0',
    LOREBOX_DATA_DIR: dataDir,
    LOREBOX_API_KEY: apiKey,
    LOREBOX_PARENT_PID: String(process.pid),
    // Prevents tests from using a model server on this machine.
    LOREBOX_OLLAMA_URL: 'http://127.0.0.1:9',
    ...options.env,
  };
  const { node, script } = options.program ?? { node: process.execPath, script: SERVER };
  const child = spawn(node, [...(options.nodeArgs ?? []), script], {
    env,
    // Not the working directory of the tests, which may have a .env.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid }),
  });
  let output = '';
  let logs = '';
  child.stdout.on('data', (chunk) => (logs += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  const url = await readAddress(child, () => output + logs);
  return {
    url,
    apiKey: options.env?.LOREBOX_API_KEY ?? apiKey,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    logs: () => logs,
    exited,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
    async dispose() {
      if (child.exitCode === null && child.signalCode === null) await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function readAddress(child: ChildProcess, printed: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`The server did not start:\n${printed()}`));
    const timer = setTimeout(fail, START_DEADLINE_MS);
    child.stderr?.on('data', () => {
      const address = /ready at (\S+)/.exec(printed())?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      fail();
    });
  });
}
