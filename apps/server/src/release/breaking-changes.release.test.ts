import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingGo } from '@lorebox/testkit/go-toolchain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../..');
const TOOLS = join(ROOT, '.tools/go');
const OASDIFF = 'github.com/oasdiff/oasdiff@v1.36.0';
const RELEASED = join(ROOT, 'docs/openapi.released.json');
const NOW = join(ROOT, 'docs/openapi.json');
/** Declared breaking changes since the last release, one per line in oasdiff's format. */
const DECLARED = join(ROOT, 'docs/breaking-changes.txt');

let missing: string | null;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lorebox-breaking-'));
  missing = missingGo() ?? install();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns why oasdiff is unavailable, or null if it is installed. */
function install(): string | null {
  if (existsSync(join(TOOLS, 'oasdiff'))) return null;
  mkdirSync(TOOLS, { recursive: true });
  const env = { ...process.env, GOBIN: TOOLS, GOFLAGS: '' };
  const { status, stderr } = spawnSync('go', ['install', OASDIFF], { env, encoding: 'utf8', timeout: 240_000 });
  return status === 0 ? null : `needs ${OASDIFF} from the Go module proxy: ${stderr.trim().split('\n').at(-1)}`;
}

/** Returns the changes that break clients of one document when they use a server with the other. */
function breaking(from: string, to: string): string {
  const args = ['breaking', from, to, '--fail-on', 'ERR', '--err-ignore', DECLARED, '--format', 'singleline'];
  const { stdout, stderr, status } = spawnSync(join(TOOLS, 'oasdiff'), args, { encoding: 'utf8' });
  if (status !== 0 && stdout === '') throw new Error(stderr);
  return status === 0 ? '' : stdout;
}

describe('the REST API', () => {
  it('keeps the contract of the last release, except for docs/breaking-changes.txt', (context) => {
    if (missing) return context.skip(missing);
    expect(breaking(RELEASED, NOW)).toBe('');
  });

  it('fails the check when a route, a required property or a type is removed', (context) => {
    if (missing) return context.skip(missing);
    const changed = join(folder, 'changed.json');
    const tell = (change: (document: Document) => void) => {
      const document = JSON.parse(readFileSync(NOW, 'utf8')) as Document;
      change(document);
      writeFileSync(changed, JSON.stringify(document));
      return breaking(NOW, changed);
    };
    expect(tell(() => {})).toBe('');
    expect(tell(({ paths }) => delete paths['/status'])).toContain('removed');
    expect(tell(({ components }) => delete components.schemas.User?.properties?.username)).toContain('username');
    const narrow = ({ components }: Document) => {
      const { enum: scopes = [] } = components.schemas.Scope ?? {};
      scopes.splice(0, 1);
    };
    expect(tell(narrow)).toContain('scopes');
  });
});

interface Document {
  paths: Record<string, unknown>;
  components: { schemas: Record<string, { properties?: Record<string, unknown>; enum?: string[] }> };
}
