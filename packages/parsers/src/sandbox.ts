import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join, resolve, sep } from 'node:path';

/**
 * "auto" uses the strongest available isolation, "require" fails without bubblewrap, "off" uses only Node's permission
 * model.
 */
export type SandboxMode = 'auto' | 'off' | 'require';

/**
 * Isolation of a parser process. `bubblewrap`: it sees only the code and its own file, no other processes and no
 * network. `unshare`: it has no network, and Node denies access to other files, but native code can read them.
 * `permissions`: the same, with network access.
 */
export interface Sandbox {
  layer: 'bubblewrap' | 'unshare' | 'permissions';
  /** Path of bwrap, if used. */
  bwrap: string | null;
  /** Path of unshare, if used. */
  unshare: string | null;
  /** Why the isolation is not stronger. Null for the strongest layer. */
  reason: string | null;
}

/** What a child can access: readable files and folders, and whether it uses a transcription server. */
export interface Reach {
  readable: readonly string[];
  hasNetwork: boolean;
}

const ROOT = resolve(import.meta.dirname, '../../..');
const PROBE_TIMEOUT_MS = 10_000;
/** Locations of dynamic libraries and their data on Linux. */
const SYSTEM = ['/lib', '/lib32', '/lib64', '/usr/lib', '/usr/lib32', '/usr/lib64', '/nix/store', '/etc/ld.so.cache'];
/** bubblewrap writes the PID of the started process to this descriptor. */
export const STATUS_DESCRIPTOR = 5;

/**
 * Returns the folders with the code of the parsers and their dependencies. Never returns a parent folder, which may
 * contain the data folder.
 */
export function codeFolders(): string[] {
  const installedIn = outermostNodeModules(import.meta.dirname);
  if (installedIn !== null) return [installedIn];
  return ['packages', 'node_modules', 'package.json']
    .map((name) => join(ROOT, name))
    .filter((path) => existsSync(path));
}

/** Returns the outermost `node_modules` that contains the folder, or null in a checkout of the repository. */
function outermostNodeModules(folder: string): string | null {
  const names = folder.split(sep);
  const index = names.indexOf('node_modules');
  return index === -1 ? null : names.slice(0, index + 1).join(sep);
}

const weaker = (reason: string): Sandbox => ({ layer: 'permissions', bwrap: null, unshare: null, reason });

/** Available on every machine. */
export const PERMISSIONS_ONLY = weaker('No stronger isolation was requested.');

/**
 * Finds the isolation that this machine supports, because containers often forbid namespaces. Takes about 0.1 s.
 * @throws Error with the next step for the user if `require` can't be met.
 */
export async function findSandbox(mode: SandboxMode): Promise<Sandbox> {
  const sandbox = mode === 'off' ? weaker('LOREBOX_PARSER_SANDBOX is "off".') : await tryAll();
  if (mode === 'require' && sandbox.layer !== 'bubblewrap') {
    throw new Error(
      `LOREBOX_PARSER_SANDBOX is "require", but ${sandbox.reason} Install bubblewrap and allow user namespaces, or set it to "auto".`,
    );
  }
  return sandbox;
}

async function tryAll(): Promise<Sandbox> {
  if (process.platform !== 'linux') return weaker('namespaces are only available on Linux.');
  const bwrap = findProgram('bwrap');
  const problem = bwrap
    ? await probe(bwrap, bubblewrapArguments({ readable: [], hasNetwork: false }))
    : 'bubblewrap (bwrap) is not installed.';
  if (problem === null) return { layer: 'bubblewrap', bwrap, unshare: null, reason: null };
  const unshare = await findUnshare();
  return unshare === null ? weaker(problem) : { layer: 'unshare', bwrap: null, unshare, reason: problem };
}

/** Returns the path of unshare if it can isolate a process from the network, otherwise null. */
export async function findUnshare(): Promise<string | null> {
  const unshare = process.platform === 'linux' ? findProgram('unshare') : null;
  return unshare !== null && (await probe(unshare, UNSHARE_ARGUMENTS)) === null ? unshare : null;
}

/** Returns why a program can't start Node here, or null if it can. */
function probe(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const command = [...args, process.execPath, '-e', '0'];
    execFile(program, command, { env: {}, timeout: PROBE_TIMEOUT_MS }, (error, _output, said) => {
      const reason = said.trim().split('\n').at(-1) || error?.message || '';
      resolve(error ? `${basename(program)} doesn't work on this machine: ${reason.slice(0, 200)}.` : null);
    });
  });
}

/** A separate, empty network namespace with the same user. */
export const UNSHARE_ARGUMENTS: readonly string[] = ['--user', '--map-current-user', '--net', '--'];

/** Everything is inaccessible except the listed paths. Inside, the user is nobody. */
export function bubblewrapArguments({ readable, hasNetwork }: Reach): string[] {
  const bound = [...SYSTEM, process.execPath, ...codeFolders(), ...readable];
  return [
    '--unshare-all',
    ...(hasNetwork ? ['--share-net'] : []),
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--uid', '65534', '--gid', '65534'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...bound.flatMap((path) => ['--ro-bind-try', path, path]),
    ...(hasNetwork ? ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl'] : []).flatMap((path) => [
      '--ro-bind-try',
      path,
      path,
    ]),
    ...['--chdir', '/'],
  ];
}

/** Node flags that limit a child to these files, and allow threads. */
export function permissionFlags({ readable }: Reach, mayLoadNative: boolean): string[] {
  return [
    '--permission',
    // Without the second form, a folder that does not exist yet is treated as a file.
    ...[...codeFolders(), ...readable].flatMap((path) => [
      `--allow-fs-read=${path}`,
      `--allow-fs-read=${join(path, '*')}`,
    ]),
    '--allow-worker',
    ...(mayLoadNative ? ['--allow-addons'] : []),
  ];
}

function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin'].filter((folder) => folder !== '');
  const found = folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return isAbsolute(path);
      } catch {
        return false;
      }
    });
  return found ?? null;
}
