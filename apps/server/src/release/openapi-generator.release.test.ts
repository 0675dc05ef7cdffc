import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRestDocument } from '@lorebox/api/rest-document';
import { fetchPackage } from '@lorebox/testkit/packed-package';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const VERSION = '7.19.0';
const TYPESCRIPT = '5.9.3';
const TOOLS = join(import.meta.dirname, '../../../../.tools/java');
const JAR = join(TOOLS, `openapi-generator-cli-${VERSION}.jar`);

let folder: string;
let missing: string | null = null;

function run(command: string, args: readonly string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 280_000 });
  return { status, output: `${stdout}${stderr}` };
}

/** From Maven Central, where there is a Java to run it. */
function fetchGenerator(): string | null {
  if (spawnSync('java', ['-version']).status !== 0) return 'needs Java';
  if (spawnSync('mvn', ['-version']).status !== 0) return 'needs Maven';
  if (existsSync(JAR)) return null;
  mkdirSync(TOOLS, { recursive: true });
  const artifact = `org.openapitools:openapi-generator-cli:${VERSION}`;
  run('mvn', ['-q', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${TOOLS}`], TOOLS);
  return existsSync(JAR) ? null : `needs ${artifact} from Maven Central`;
}

beforeAll(() => {
  missing = fetchGenerator();
  folder = mkdtempSync(join(tmpdir(), 'lorebox-generated-'));
  // As `/openapi.json?webhooks=false` serves it.
  const { webhooks: _, ...document } = createRestDocument('1.0.0');
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the clients that openapi-generator makes', () => {
  beforeEach((context) => {
    if (missing !== null) context.skip(missing);
  });

  function generate(name: string): string {
    const target = join(folder, name);
    const args = ['-jar', JAR, 'generate', '-i', join(folder, 'openapi.json'), '-g', name, '-o', target];
    const { status, output } = run('java', args, folder);
    expect(status, output.slice(-2000)).toBe(0);
    return target;
  }

  it('compile as typescript-fetch', (context) => {
    const compiler = fetchPackage('typescript', TYPESCRIPT);
    if (compiler === null) return context.skip(`needs typescript@${TYPESCRIPT} from the npm registry`);
    const target = generate('typescript-fetch');
    const compilerOptions = {
      ...{ target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] },
      ...{ strict: true, noEmit: true, types: [] },
    };
    writeFileSync(join(target, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
    expect(run(process.execPath, [join(compiler, 'bin/tsc'), '-p', '.'], target).output).toBe('');
  });

  it('compile as java', () => {
    const target = generate('java');
    // The generator writes for Java 8, which newer compilers warn about.
    const pom = readFileSync(join(target, 'pom.xml'), 'utf8').replace(/<(source|target)>1\.8</g, '<$1>11<');
    writeFileSync(join(target, 'pom.xml'), pom);
    const { status, output } = run('mvn', ['-q', 'compile', '-DskipTests'], target);
    expect(status, output.slice(-3000)).toBe(0);
  });
});
