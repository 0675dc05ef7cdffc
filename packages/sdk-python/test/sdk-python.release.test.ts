import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startLorebox } from '../../testkit/src/lorebox-process.ts';
import {
  buildPythonSdk,
  type PythonEnvironment,
  preparePython,
  preparePythonSdk,
} from '../../testkit/src/python-environment.ts';
import { readExamples } from '../../testkit/src/readme-examples.ts';
import { runProgram } from '../../testkit/src/run-program.ts';

const ROOT = join(import.meta.dirname, '..');
const prepared = preparePythonSdk();
const python = prepared as PythonEnvironment;
const scratch = mkdtempSync(join(tmpdir(), 'sdk-python-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the Python client', () => {
  beforeEach((context) => {
    if (typeof prepared === 'string') context.skip(prepared);
  });

  it('passes its own tests', () => {
    expect(runProgram(python.python, ['-m', 'pytest', '-q'], ROOT)).toMatch(/\d\d passed/);
  });

  it('passes them with the oldest versions that it allows', (context) => {
    const oldest = preparePython(join(ROOT, 'requirements-oldest.txt'));
    if (typeof oldest === 'string') return context.skip(oldest);
    expect(runProgram(oldest.python, ['-m', 'pytest', '-q', '-W', 'default'], ROOT)).toMatch(/\d\d passed/);
    const asked = readFileSync(join(ROOT, 'pyproject.toml'), 'utf8');
    const pinned = readFileSync(join(ROOT, 'requirements-oldest.txt'), 'utf8').toLowerCase().replaceAll('_', '-');
    for (const [, name, version] of asked.matchAll(/"([\w-]+)>=([\d.]+)(?:,<\d+)?"/g)) {
      if (name !== 'hatchling') expect(pinned).toContain(`${name}==${version}`);
    }
  });

  it('is typed to the last line', () => {
    const cache = ['--cache-dir', join(scratch, 'mypy')];
    expect(runProgram(python.program('mypy'), cache, ROOT)).toContain('no issues found');
  });

  it('keeps to the rules', () => {
    expect(runProgram(python.program('ruff'), ['check', '--no-cache', '.'], ROOT)).toContain('All checks passed');
    expect(runProgram(python.program('ruff'), ['format', '--no-cache', '--check', '.'], ROOT)).toContain('already');
  });

  it('has examples in its README that run, from the package as it is published', async () => {
    const wheel = buildPythonSdk(python, scratch);
    const contents = runProgram(python.python, ['-m', 'zipfile', '-l', wheel], scratch);
    for (const file of ['lorebox/py.typed', 'lorebox/_generated/models.py', 'METADATA'])
      expect(contents).toContain(file);
    expect(contents).not.toContain('tests/');
    const examples = readExamples(join(ROOT, 'README.md'), 'python');
    expect(examples.length).toBeGreaterThan(6);
    const script = join(scratch, 'examples.py');
    writeFileSync(script, examples.join('\n'));
    const server = await startLorebox();
    const env = { ...process.env, PYTHONPATH: wheel, LOREBOX_URL: server.url, LOREBOX_API_KEY: server.apiKey };
    try {
      const { stdout } = await promisify(execFile)(python.python, [script], { cwd: scratch, env, timeout: 60_000 });
      expect(stdout).toContain('[1] cape.txt, characters 0 to 46');
      expect(stdout).toContain('NOT_FOUND 404');
      expect(stdout).toContain('3 0\n');
    } finally {
      await server.dispose();
    }
  });
});
