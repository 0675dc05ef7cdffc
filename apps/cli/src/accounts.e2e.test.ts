import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { coverageEnv, type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, 'main.ts');
let server: LoreboxProcess;
let lorebox: Lorebox;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'cli-home-'));
  server = await startLorebox({ env: { LOREBOX_FETCH_ALLOW: 'localhost:*' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(async () => {
  await server.dispose();
  rmSync(home, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs without LOREBOX_URL and LOREBOX_API_KEY, so that the profile is used. */
function run(args: string[], input = ''): Promise<Ended> {
  const env = { ...coverageEnv, PATH: process.env.PATH ?? '', HOME: home, LOREBOX_CONFIG: join(home, 'config.json') };
  const child = spawn(process.execPath, [CLI, ...args], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

async function runJson(args: string[], input?: string) {
  const { code, stdout, stderr } = await run([...args, '--json'], input);
  expect(code, stdout + stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('login', () => {
  it('stores a verified key in a profile that only the user can read', async () => {
    const wrong = await run(['login', '--url', server.url], 'lbx_wrong\n');
    expect(wrong.code).toBe(1);
    const { code, stdout } = await run(['login', '--url', server.url], `${server.apiKey}\n`);
    expect(stdout).toContain(`signed in to ${server.url} with API key`);
    expect(code).toBe(0);
    expect(stdout).not.toContain(server.apiKey);
    expect(statSync(join(home, 'config.json')).mode & 0o777).toBe(0o600);
    expect((await run(['status'])).stdout).toContain(`at ${server.url}`);
  });

  it('signs in with a password, and supports several profiles', async () => {
    await lorebox.users.create({ username: 'ada', password: 'correct horse' });
    const args = ['login', '--profile', 'ada', '--url', server.url, '--username', 'ada'];
    expect((await run(args, 'correct horse\n')).stdout).toContain('user ada, profile "ada"');
    const { profiles } = (await runJson(['profile', 'list'])).data;
    expect(profiles).toEqual([
      { name: 'default', url: server.url, isCurrent: false },
      { name: 'ada', url: server.url, isCurrent: true },
    ]);
    expect((await run(['status'])).code).toBe(1); // members may not see it
    expect((await run(['status', '--profile', 'default'])).code).toBe(0);
    expect((await run(['logout'])).stdout).toBe('deleted profile "ada"\n');
    expect((await run(['status', '--profile', 'ada'])).stderr).toContain('Unknown profile "ada"');
    expect((await run(['profile', 'use', 'default'])).code).toBe(0);
  });

  it('does not send the key of a profile to another server', async () => {
    const { stderr, code } = await run(['workspace', 'list', '--url', `${server.url}/`]);
    expect(code).toBe(1);
    expect(stderr).toContain('Sign in with `lorebox login`');
  });
});

describe('the version', () => {
  it('matches the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
    expect((await run(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('resources', () => {
  it('creates, lists, rotates and revokes keys', async () => {
    const { id, key } = (await runJson(['keys', 'create', 'reader', '--scope', 'chat', 'documents:read'])).data;
    expect(key).toMatch(/^lbx_/);
    expect((await run(['keys', 'list'])).stdout).toContain(`${id}\treader\t`);
    expect((await run(['keys', 'rotate', id, '--grace', '0'])).stdout.trim()).not.toBe(key);
    expect(await run(['keys', 'revoke', id])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await run(['keys', 'revoke', id, '--yes'])).stdout).toBe(`revoked ${id}\n`);
  });

  it('manages users, webhooks, threads and settings', async () => {
    const user = (await runJson(['users', 'create', 'linus', '--role', 'manager'], 'correct horse\n')).data;
    expect((await run(['users', 'update', user.id, '--suspend'])).stdout).toBe('updated linus\n');
    expect((await run(['users', 'list', '--role', 'manager'])).stdout).toContain('linus\tmanager\tyes');
    expect((await run(['users', 'delete', user.id, '--yes'])).stdout).toBe('deleted linus\n');

    const hook = (await runJson(['webhooks', 'create', 'http://localhost:9/', '--event', 'document.ready'])).data;
    expect((await run(['webhooks', 'list'])).stdout).toContain(`${hook.id}\thttp://localhost:9/\tdocument.ready`);
    expect((await run(['webhooks', 'rotate', hook.id])).stdout).toMatch(/^whsec_/);
    expect((await run(['webhooks', 'delete', hook.id, '-y'])).code).toBe(0);

    await lorebox.workspaces.create({ name: 'talks' });
    const { data: asked } = await runJson(['ask', 'talks', 'Is there anything?']);
    expect((await run(['threads', 'rename', asked.threadId, 'Emptiness'])).code).toBe(0);
    expect((await run(['threads', 'list', 'talks'])).stdout).toContain('Emptiness');
    expect((await run(['threads', 'show', asked.threadId])).stdout).toContain('Question: Is there anything?');
    expect((await run(['threads', 'delete', asked.threadId, '--yes'])).code).toBe(0);

    expect((await run(['settings', 'set', 'eventRetentionDays=90'])).stdout).toContain('eventRetentionDays\t90');
    expect((await run(['settings', 'set', 'colour=red'])).stderr).toContain('Unknown setting "colour"');
  });
});

describe('sync', () => {
  it('mirrors a folder: adds, replaces and deletes', async () => {
    const folder = join(home, 'notes');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'a.txt'), 'Alpha.');
    writeFileSync(join(folder, 'deep', 'b.txt'), 'Beta.');
    await lorebox.workspaces.create({ name: 'mirror' });
    await lorebox.documents.importTexts('mirror', [{ externalId: 'own', text: 'Not of the folder.' }]);
    const sync = (...more: string[]) => run(['sync', 'mirror', folder, ...more]);
    expect((await sync('--dry-run')).stdout).toBe(
      'add      a.txt\nadd      deep/b.txt\n2 added, 0 replaced, 0 deleted, 0 unchanged\n',
    );
    expect((await sync('--wait')).stdout).toBe('2 added, 0 replaced, 0 deleted, 0 unchanged\n');
    const before = await lorebox.documents.list('mirror').toArray();
    expect(before.map(({ externalId }) => externalId)).toEqual(['own', 'notes/a.txt', 'notes/deep/b.txt']);
    expect(before[2]?.metadata).toMatchObject({ path: 'deep/b.txt', syncedFolder: 'notes' });

    writeFileSync(join(folder, 'a.txt'), 'Alpha, changed.');
    rmSync(join(folder, 'deep'), { recursive: true });
    expect(await sync()).toMatchObject({ code: 2, stderr: expect.stringContaining('Delete 1 document') });
    expect((await sync('--yes', '--wait')).stdout).toBe('0 added, 1 replaced, 1 deleted, 0 unchanged\n');
    expect((await sync('--yes')).stdout).toBe('0 added, 0 replaced, 0 deleted, 1 unchanged\n');
    const after = await lorebox.documents.list('mirror').toArray();
    expect(after.map(({ id }) => id)).toEqual([before[0]?.id, before[1]?.id]);
  });
});

describe('documents', () => {
  it('shows, downloads, replaces and deletes documents', async () => {
    await lorebox.workspaces.create({ name: 'shelf' });
    const path = join(home, 'page.txt');
    writeFileSync(path, 'First edition.');
    const { data } = await runJson(['upload', 'shelf', path, '--wait']);
    const { id } = data.documents[0];
    expect((await run(['documents', 'show', id])).stdout).toMatch(/^filename +page\.txt$/m);
    expect((await run(['documents', 'show', id, '--text'])).stdout).toBe('First edition.\n');
    expect((await run(['documents', 'download', id, '-o', '-'])).stdout).toBe('First edition.');
    writeFileSync(path, 'Second edition.');
    const replaced = (await runJson(['documents', 'replace', id, path, '--yes', '--wait'])).data.documents[0];
    expect((await run(['documents', 'show', replaced.id, '--text'])).stdout).toBe('Second edition.\n');
    expect((await run(['documents', 'shelf'])).stdout.split('\n').filter(Boolean)).toHaveLength(1);
    expect((await run(['documents', 'delete', replaced.id, '--yes'])).stdout).toBe('deleted 1 document\n');
  });
});
