import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { missingGo, runGo } from '../go-toolchain.ts';
import { buildPythonSdk, preparePythonSdk } from '../python-environment.ts';
import { comparable, type Outcome, type Program, type Run, runAcceptance, STEPS } from './run-acceptance.ts';

interface Step {
  name: string;
  save?: string;
  expect?: unknown;
  error?: object;
  /** The result must equal this part of the recorded one, starting with item `from`. */
  same?: string;
  from?: number;
}

const PACKAGES = join(import.meta.dirname, '../../..');
const steps = JSON.parse(readFileSync(STEPS, 'utf8')) as Step[];
const scratch = mkdtempSync(join(tmpdir(), 'acceptance-programs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Returns how to start the program of each SDK, or what is missing for it. */
const programs: Record<string, () => Program | string> = {
  TypeScript: () => ({ command: process.execPath, args: [join(PACKAGES, 'sdk/test/acceptance.ts')] }),
  Python: () => python({}),
  'asynchronous Python': () => python({ ACCEPTANCE_CLIENT: 'async' }),
  Go: () => {
    const missing = missingGo();
    if (missing) return missing;
    const command = join(scratch, 'acceptance');
    runGo(join(PACKAGES, 'sdk-go'), ['build', '-o', command, './internal/acceptance']);
    return { command, args: [] };
  },
};

let wheel: string | null = null;
function python(env: Record<string, string>): Program | string {
  const environment = preparePythonSdk();
  if (typeof environment === 'string') return environment;
  wheel ??= buildPythonSdk(environment, scratch);
  return {
    command: environment.python,
    args: [join(PACKAGES, 'sdk-python/acceptance.py')],
    env: { ...env, PYTHONPATH: wheel },
  };
}

const runs = new Map<string, Run>();

describe('all SDKs run the same steps', () => {
  it.for(Object.entries(programs))('in %s', async ([language, prepare], context) => {
    const program = prepare();
    if (typeof program === 'string') return context.skip(program);
    const run = await runAcceptance(program);
    runs.set(language, run);
    expect(run.outcomes.map(({ step }) => step)).toEqual(steps.map(({ name }) => name));
    check(run.outcomes);
    // The test question, an abandoned one, one over an unreliable connection and a stopped one: each once.
    expect(run.questions).toBe(4);
    expect(run.cuts).toBeGreaterThan(3);
  });

  it('with the same results', () => {
    const all = [...runs].map(([language, { outcomes }]) => [language, comparable(outcomes.filter(isWhole))] as const);
    expect(all.length).toBeGreaterThan(0);
    for (const [language, outcomes] of all.slice(1)) expect(outcomes, language).toEqual(all[0]?.[1]);
  });
});

/**
 * False for a stream that starts in the middle: its first text piece differs each time, so only `check` compares it.
 */
const isWhole = ({ step }: Outcome) => steps.find(({ name }) => name === step)?.from === undefined;

function check(outcomes: readonly Outcome[]): void {
  const saved: Record<string, unknown> = {};
  for (const [i, step] of steps.entries()) {
    const { result, error } = outcomes[i] as Outcome;
    if (step.save) saved[step.save] = result;
    if (step.error) expect(error, step.name).toMatchObject(step.error);
    else expect(error, step.name).toBeUndefined();
    if (typeof step.expect === 'object' && step.expect !== null) expect(result, step.name).toMatchObject(step.expect);
    else if (step.expect !== undefined) expect(result, step.name).toBe(step.expect);
    if (step.same) {
      const whole = step.same
        .split('.')
        .reduce((value, part) => (value as Record<string, unknown>)[part], saved as unknown);
      expect(result, step.name).toEqual(step.from ? (whole as unknown[]).slice(step.from) : whole);
    }
    if ('status' in (step.error ?? {}) && (step.error as { status: unknown }).status !== null)
      expect((error as { requestId: string }).requestId, step.name).toMatch(/^[0-9a-f-]{36}$/);
  }
}
