import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { prepareNpm } from '@lorebox/testkit/npm-tools';
import { preparePython } from '@lorebox/testkit/python-environment';
import { callTools, reply } from '@lorebox/testkit/schema-model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const PROGRAMS = join(import.meta.dirname, 'openai-clients');
const npm = prepareNpm('openai-clients', {
  '@ai-sdk/openai': '4.0.118',
  '@ai-sdk/openai-compatible': '3.0.92',
  ai: '7.0.173',
  '@langchain/core': '1.4.0',
  '@langchain/openai': '1.6.0',
  zod: '4.6.7',
});
const python = preparePython(join(import.meta.dirname, 'requirements-openai-clients.txt'));

let ollama: FakeOllama;
let server: LoreboxProcess;

beforeAll(async () => {
  ollama = await startFakeOllama({ reply, toolCalls: callTools });
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MODEL: 'ollama:llama3.2' } });
  const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  const { slug: workspace } = await lorebox.workspaces.create({ name: 'Machines' });
  await lorebox.documents.importTexts(workspace, [{ title: 'Manual', text: 'The pump needs oil every 90 days.' }]);
  const isReady = async () => expect((await lorebox.documents.summary(workspace)).ready).toBe(1);
  await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

/**
 * Runs a program and returns its output. Asynchronous, because this process serves the model. @throws with the output
 * if the program fails.
 */
async function run(program: string, args: readonly string[], folder: string): Promise<string> {
  const env = { ...process.env, LOREBOX_URL: `${server.url}/openai/v1`, LOREBOX_API_KEY: server.apiKey };
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

describe('JavaScript clients', () => {
  it.for(['ai-sdk.mjs', 'langchain.mjs'])('%s', async (name, context) => {
    if (typeof npm === 'string') return context.skip(npm);
    // Packages are resolved from the folder of the program.
    cpSync(join(PROGRAMS, name), join(npm.folder, name));
    expect(await run(process.execPath, [name], npm.folder)).toContain('all checks passed');
  });
});

describe('Python clients', () => {
  it.for(['test_openai.py', 'test_langchain.py'])('%s', async (name, context) => {
    if (typeof python === 'string') return context.skip(python);
    // One event loop: client connections outlive a single test.
    const scopes = ['fixture', 'test'].map((kind) => `asyncio_default_${kind}_loop_scope=session`);
    const options = ['asyncio_mode=auto', ...scopes].flatMap((option) => ['-o', option]);
    const args = ['-m', 'pytest', '-q', '-rfE', '--tb=short', '-p', 'no:cacheprovider', ...options, name];
    const output = await run(python.python, args, PROGRAMS);
    console.log(output.trim().split('\n').at(-1));
    expect(output).toMatch(/\d passed/);
  });
});
