import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeOllama } from '../fake-ollama.ts';
import type { JsonObject } from '../fake-server.ts';
import { startLorebox } from '../lorebox-process.ts';
import { createRandom } from '../random.ts';
import { startTornLine } from '../torn-line.ts';

export interface Outcome {
  step: string;
  result?: unknown;
  error?: unknown;
}

export interface Program {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

export interface Run {
  outcomes: Outcome[];
  /** Number of calls to the model. */
  questions: number;
  /** Number of dropped connections. */
  cuts: number;
}

export const STEPS = join(import.meta.dirname, 'steps.json');
const GOLDEN = 'The pump needs oil every 90 days [1].';
const DEADLINE_MS = 120_000;

/** Runs one SDK's program against its own server, model and unreliable connections. */
export async function runAcceptance({ command, args, env = {} }: Program): Promise<Run> {
  const ollama = await startFakeOllama({ reply: replyTo, delayMs: 8 });
  // Vectors of the shipped embedder depend slightly on the rest of their batch, which depends on timing.
  const serverEnv = { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_EMBEDDER: 'ollama:nomic-embed-text:latest' };
  const server = await startLorebox({ env: serverEnv });
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'));
  const file = join(folder, 'capes.txt');
  writeFileSync(file, 'The lighthouse at Cape Varn is 31 meters tall. It was built in 1874.');
  // Cuts at any position in an event, and in the response headers. Four times, because EventSource waits 3 s.
  const random = createRandom(7);
  let left = 4;
  const torn = await startTornLine(server.url, () => (left-- > 0 ? 300 + Math.floor(random() * 3000) : null));
  const lose = [1, 1, null];
  const lossy = await startTornLine(server.url, () => lose.shift() ?? null);
  const input = { url: server.url, apiKey: server.apiKey, file, tornUrl: torn.url, lossyUrl: lossy.url };
  try {
    const output = await capture(command, [...args, STEPS, JSON.stringify(input)], env);
    const outcomes = output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Outcome] : []));
    const questions = ollama.requests.filter(({ path }) => path === '/api/chat').length;
    return { outcomes, questions, cuts: torn.cuts() + lossy.cuts() };
  } finally {
    for (const line of [torn, lossy]) line.close();
    await server.dispose();
    await ollama.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function replyTo(request: JsonObject): string | string[] {
  const asked = JSON.stringify(request);
  const words = asked.includes('Say very much') ? 1500 : asked.includes('Say a lot') ? 120 : 0;
  return words === 0 ? GOLDEN : Array.from({ length: words }, (_, i) => `word${i} `);
}

function capture(command: string, args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, timeout: DEADLINE_MS });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ended with ${code} after:\n${output.slice(-2000)}\n${errors.slice(-4000)}`));
    });
  });
}

/**
 * Normalizes a result so that two runs can be compared: IDs are numbered by first appearance, text pieces are joined
 * because their boundaries depend on timing, and times are removed.
 */
export function comparable(outcomes: readonly Outcome[]): Outcome[] {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  const nameOf = (id: string, prefix: string): string => {
    const count = (counts.get(prefix) ?? 0) + 1;
    const name = known.get(id) ?? `<${prefix} ${count}>`;
    if (!known.has(id)) counts.set(prefix, count);
    known.set(id, name);
    return name;
  };
  return JSON.parse(JSON.stringify(outcomes.map(sortKeys)), (key, value) => {
    if (key === 'timings' || key === 'expectedMs' || key === 'seq') return undefined;
    if (Array.isArray(value)) return joinText(value);
    if (typeof value !== 'string') return value;
    if (key === 'requestId' && /^[0-9a-f-]{36}$/.test(value)) return '<request>';
    if (/At$|^at$/.test(key) && !Number.isNaN(Date.parse(value))) return '<date>';
    if (key === 'key' || key === 'prefix') return `<${key}>`;
    return value.replace(/\b(ws|doc|thr|msg|ans|key|usr)_[0-9a-z]{20,}/g, nameOf);
  }) as Outcome[];
}

function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)])) as T;
}

function joinText(values: { type?: string; text?: string }[]): unknown[] {
  const joined: { type?: string; text?: string }[] = [];
  for (const value of values) {
    const last = joined.at(-1);
    if (value?.type === 'text-delta' && last?.type === 'text-delta') last.text = `${last.text}${value.text}`;
    else joined.push(value);
  }
  return joined;
}
