import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { missingGo, runGo } from '../../testkit/src/go-toolchain.ts';
import { startLorebox } from '../../testkit/src/lorebox-process.ts';
import { readExamples } from '../../testkit/src/readme-examples.ts';

const ROOT = join(import.meta.dirname, '..');
const missing = missingGo();
const scratch = mkdtempSync(join(tmpdir(), 'sdk-go-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the Go client', () => {
  beforeEach((context) => {
    if (missing) context.skip(missing);
  });

  it('passes its own tests', () => {
    expect(runGo(ROOT, ['test', '-count=1', './...'])).toContain('ok');
  });

  it('keeps to the rules, and depends on nothing', () => {
    runGo(ROOT, ['vet', './...']);
    expect(runGo(ROOT, ['list', '-m', 'all']).trim()).toBe('github.com/lorebox/lorebox-go');
  });

  it('is formatted', async () => {
    const { stdout } = await promisify(execFile)('gofmt', ['-l', ROOT]);
    expect(stdout).toBe('');
  });

  it('has examples in its README that run, in a module that uses it', async () => {
    const examples = readExamples(join(ROOT, 'README.md'), 'go');
    expect(examples.length).toBeGreaterThan(6);
    const module = join(scratch, 'examples');
    mkdirSync(module);
    writeFileSync(join(module, 'main.go'), program(examples));
    runGo(module, ['mod', 'init', 'example.com/examples']);
    const use = `github.com/lorebox/lorebox-go=${ROOT}`;
    runGo(module, ['mod', 'edit', '-require', 'github.com/lorebox/lorebox-go@v0.1.0', '-replace', use]);
    runGo(module, ['vet', './...']);
    runGo(module, ['build', '-o', 'examples']);
    const server = await startLorebox();
    const env = { ...process.env, LOREBOX_URL: server.url, LOREBOX_API_KEY: server.apiKey };
    try {
      const { stdout } = await promisify(execFile)(join(module, 'examples'), { env, timeout: 60_000 });
      expect(stdout).toContain('[1] cape.txt, characters 0 to 46');
      expect(stdout).toContain('there is none');
    } finally {
      await server.dispose();
    }
  });
});

/** Each example as a function of its own, called in order; all but the first get a client. */
function program(examples: string[]): string {
  const body = examples.join('\n');
  const packages = ['context', 'errors', 'fmt', 'io', 'log', 'net/http', 'os', 'path/filepath', 'strings', 'time'];
  const used = packages.filter((name) =>
    ['context', 'log'].includes(name) ? true : new RegExp(`\\b${name.replace(/.*\//, '')}\\.`).test(body),
  );
  const functions = examples.map(
    (code, i) => `func example${i}(ctx context.Context, client *lorebox.Client) error {\n${code}\nreturn nil\n}\n`,
  );
  return `package main
import (
${used.map((name) => `"${name}"`).join('\n')}
"github.com/lorebox/lorebox-go"
)
${functions.join('\n')}
func main() {
client, err := lorebox.NewClient()
if err != nil {
log.Fatal(err)
}
for _, example := range []func(context.Context, *lorebox.Client) error{${examples.map((_, i) => `example${i}`).join(', ')}} {
if err := example(context.Background(), client); err != nil {
log.Fatal(err)
}
}
}
`;
}
