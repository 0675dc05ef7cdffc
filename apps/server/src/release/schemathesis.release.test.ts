import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type PythonEnvironment, preparePython } from '@lorebox/testkit/python-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Endless streams, which Schemathesis would wait for. Other tests cover them. */
const ENDLESS = ['documentsWatch', 'eventsWatch'];
/**
 * Calls that could revoke the key or lower the limits of the run, so they run last, without the data of the earlier
 * calls.
 */
const SELF_HARM = ['settingsUpdate', 'apiKeysRevoke', 'apiKeysUpdate', 'apiKeysRotate'];

let ollama: FakeOllama;
let server: LoreboxProcess;
let python: PythonEnvironment | string;
let folder: string;

beforeAll(async () => {
  python = preparePython(join(import.meta.dirname, 'requirements-schemathesis.txt'));
  folder = mkdtempSync(join(tmpdir(), 'lorebox-schemathesis-'));
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the exit code and the output. */
function runSchemathesis(program: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const common = [
    'run',
    `${server.url}/openapi.json`,
    ...['--url', `${server.url}/v1`, '--header', `Authorization: Bearer ${server.apiKey}`],
    // Rules that a schema can't express (a name that is taken, an unknown host) are rejected with a 4xx.
    ...['--exclude-checks', 'positive_data_acceptance'],
    ...['--max-examples', '10', '--workers', '1', '--request-timeout', '30', '--continue-on-failure', '--no-color'],
    ...['--warnings', 'off', '--seed', '20261123'],
  ];
  return new Promise((resolve) => {
    const child = spawn(program, [...common, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => resolve({ code, output }));
  });
}

const named = (flag: string, ids: readonly string[]) => ids.flatMap((id) => [flag, id]);

describe('Schemathesis', () => {
  it('finds no 5xx, no undocumented status and no response that violates its schema', async (context) => {
    if (typeof python === 'string') return context.skip(python);
    const program = python.program('schemathesis');
    const most = await runSchemathesis(program, named('--exclude-operation-id', [...ENDLESS, ...SELF_HARM]));
    expect(most.code, most.output).toBe(0);
    console.log(/Test cases:\n +(.*)/.exec(most.output)?.[1]);
    const rest = [...named('--include-operation-id', SELF_HARM), '--phases', 'examples,coverage,fuzzing'];
    const last = await runSchemathesis(program, rest);
    expect(last.code, last.output).toBe(0);
    expect(server.logs()).not.toContain('unexpected error');
  });
});
