import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchPackage } from '@lorebox/testkit/packed-package';
import { freePort } from '@lorebox/testkit/server-process';
import { afterAll, describe, expect, it } from 'vitest';
import { readDockerfile, type Stage } from './dockerfile.ts';

// Requires no container engine: every step of the Dockerfile runs in a clean root file system created by debootstrap.
const ROOT = join(import.meta.dirname, '../../../..');
const stages = readDockerfile(readFileSync(join(ROOT, 'apps/server/deploy/Dockerfile'), 'utf8'));
const folder = mkdtempSync('/var/tmp/lorebox-image-');
const NODE_VERSION = '22.23.2';
const NPM_VERSION = '11.6.2';
const START_TIMEOUT_MS = 60_000;
/** Files of this machine that a step needs to reach the registries. */
const FROM_HOST = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/ssl/certs',
  '/etc/apt',
  '/usr/share/keyrings',
  '/root/.npmrc',
];
const PASSED_ON = /^(https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|npm_config_(registry|cafile))$/i;

const missing = findMissing();
afterAll(() => {
  spawnSync('rm', ['-rf', '--one-file-system', folder]);
});

function findMissing(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const tools = ['debootstrap', 'chroot', 'mount'].filter((name) => spawnSync('which', [name]).status !== 0);
  return tools.length > 0 ? `needs ${tools.join(', ')}` : null;
}

function runOrThrow(command: string, args: readonly string[], options: SpawnSyncOptions = {}): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}\n${stderr}`);
}

/** Creates the base image `node:22-bookworm-slim`: Debian, Node and npm. */
function makeBase(): string {
  const base = join(folder, 'base');
  runOrThrow('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', base]);
  const platform = `node-linux-${process.arch}`;
  const [node, npm] = [fetchPackage(platform, NODE_VERSION), fetchPackage('npm', NPM_VERSION)];
  if (!node || !npm) throw new Error(`${platform} or npm could not be downloaded from the npm registry.`);
  cpSync(join(node, 'bin/node'), join(base, 'usr/local/bin/node'));
  cpSync(npm, join(base, 'usr/local/lib/node_modules/npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(base, 'usr/local/bin/npm'));
  for (const path of FROM_HOST) {
    if (!existsSync(path)) continue;
    mkdirSync(join(base, dirname(path)), { recursive: true });
    runOrThrow('cp', ['-aLT', '--remove-destination', path, join(base, path)]);
  }
  return base;
}

interface Built {
  root: string;
  env: Record<string, string>;
  user: string;
  workdir: string;
  command: string[];
  healthCheck: string;
}

function build(stage: Stage, root: string, earlier: ReadonlyMap<string, string>): Built {
  const passedOn = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  const env: Record<string, string> = {
    ...Object.fromEntries(passedOn),
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  };
  const built: Built = { root, env, user: 'root', workdir: '/', command: [], healthCheck: '' };
  for (const { name, text } of stage.instructions) {
    if (name === 'RUN') runOrThrow('chroot', [root, 'sh', '-c', `cd ${built.workdir} && ${text}`], { env });
    else if (name === 'COPY') copy(text, built, earlier);
    else if (name === 'WORKDIR') {
      built.workdir = text;
      mkdirSync(join(root, text), { recursive: true });
    } else if (name === 'USER') built.user = text;
    else if (name === 'ENV')
      for (const pair of text.split(' ')) env[pair.split('=')[0] ?? ''] = pair.split('=')[1] ?? '';
    else if (name === 'CMD') built.command = JSON.parse(text);
    else if (name === 'HEALTHCHECK') built.healthCheck = text.slice(text.indexOf('CMD ') + 'CMD '.length);
    else if (!['VOLUME', 'EXPOSE'].includes(name)) throw new Error(`This test doesn't know ${name}.`);
  }
  return built;
}

/**
 * `COPY . .` copies tracked files, because `.dockerignore` excludes nearly everything else. `COPY --from` copies a
 * folder of another stage.
 */
function copy(text: string, { root, workdir }: Built, earlier: ReadonlyMap<string, string>): void {
  const [, stage, source = '', target = ''] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(text) ?? [];
  const destination = join(root, target.startsWith('/') ? target : join(workdir, target));
  mkdirSync(destination, { recursive: true });
  if (stage !== undefined) {
    runOrThrow('cp', ['-a', `${join(earlier.get(stage) ?? '', source)}/.`, destination]);
    return;
  }
  runOrThrow(
    'sh',
    ['-c', `git ls-files -z | tar --null -T - -cf - --ignore-failed-read | tar -xf - -C '${destination}'`],
    { cwd: ROOT },
  );
}

/** Starts the command like a container engine: another user, a read-only root, a writable volume and /tmp. */
async function start({ root, env, user, workdir, command }: Built, port: number) {
  const mounted = join(folder, 'read-only');
  mkdirSync(mounted);
  runOrThrow('mount', ['--bind', root, mounted]);
  runOrThrow('mount', ['-o', 'remount,bind,ro', mounted]);
  for (const path of ['/data', '/tmp']) runOrThrow('mount', ['--bind', join(root, path), join(mounted, path)]);
  for (const path of ['/proc', '/dev']) runOrThrow('mount', ['--bind', path, join(mounted, path)]);
  const args = [`--userspec=${user}`, mounted, 'sh', '-c', `cd ${workdir} && exec "$@"`, 'sh', ...command];
  const child = spawn('chroot', args, {
    env: { ...env, PORT: String(port), LOREBOX_API_KEY: 'lbx_key-of-the-image-test' },
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exited, mounted, output: () => output };
}

function unmount(mounted: string): void {
  for (const path of ['/data', '/tmp', '/proc', '/dev', '']) spawnSync('umount', ['-l', join(mounted, path)]);
}

describe('the container image', () => {
  it('builds step by step, and runs read-only as another user with a health check', async (context) => {
    if (missing) return context.skip(missing);
    const base = makeBase();
    const roots = new Map<string, string>();
    let last: Built | undefined;
    for (const [i, stage] of stages.entries()) {
      const root = join(folder, `stage-${i}`);
      runOrThrow('cp', ['-a', base, root]);
      last = build(stage, root, roots);
      if (stage.name) roots.set(stage.name, root);
    }
    if (!last) throw new Error('The Dockerfile has no stage.');
    expect(last.user).toBe('lorebox');
    const port = await freePort();
    const running = await start(last, port);
    try {
      const isHealthy = () => {
        const check = last.healthCheck.replace('3001', String(port));
        return (
          spawnSync('chroot', [`--userspec=${last.user}`, running.mounted, 'sh', '-c', check], { env: last.env })
            .status === 0
        );
      };
      for (const started = Date.now(); !isHealthy(); await sleep(500)) {
        if (Date.now() - started > START_TIMEOUT_MS || running.child.exitCode !== null)
          throw new Error(running.output());
      }
      const headers = { authorization: 'Bearer lbx_key-of-the-image-test' };
      const me = await fetch(`http://127.0.0.1:${port}/v1/workspaces`, { headers });
      expect(me.status).toBe(200);
    } finally {
      running.child.kill('SIGTERM');
      expect(await running.exited).toBe(0);
      unmount(running.mounted);
    }
  }, 600_000);
});
