import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join, resolve, sep } from 'node:path';

/** "auto" takes what the machine has, "require" fails without bubblewrap, "off" takes Node's permission model alone. */
export type SandboxMode = 'auto' | 'off' | 'require';

/**
 * What keeps a parser process away from the rest of the machine. `bubblewrap`: it sees the code and its own file, no other
 * process and no network. `unshare`: it has no network, and Node refuses it other files; native code may read them.
 * `permissions`: the same, with the network open.
 */
export interface Sandbox {
  layer: 'bubblewrap' | 'unshare' | 'permissions';
  /** Path of bwrap, where it is used. */
  bwrap: string | null;
  /** Path of unshare, where it is used. */
  unshare: string | null;
  /** Why it is no more than that; null with the stronger layer. */
  reason: string | null;
}

/** A child's reach: files and folders to read, and whether it talks to a transcription server. */
export interface Reach {
  readable: readonly string[];
  hasNetwork: boolean;
}

const ROOT = resolve(import.meta.dirname, '../../..');
const PROBE_TIMEOUT_MS = 10_000;
/** Where dynamic libraries and what they read lie on Linux. */
const SYSTEM = ['/lib', '/lib32', '/lib64', '/usr/lib', '/usr/lib32', '/usr/lib64', '/nix/store', '/etc/ld.so.cache'];
/** bubblewrap says on this descriptor which process it has started. */
export const STATUS_DESCRIPTOR = 5;

/** Folders with the code of the parsers and of what they load; never a folder above them, which may hold the data folder. */
export function codeFolders(): string[] {
  const installedIn = outermostNodeModules(import.meta.dirname);
  if (installedIn !== null) return [installedIn];
  return ['packages', 'node_modules', 'package.json']
    .map((name) => join(ROOT, name))
    .filter((path) => existsSync(path));
}

/** The outermost `node_modules` that contains the folder; null in a checkout of the repository. */
function outermostNodeModules(folder: string): string | null {
  const names = folder.split(sep);
  const index = names.indexOf('node_modules');
  return index === -1 ? null : names.slice(0, index + 1).join(sep);
}

const weaker = (reason: string): Sandbox => ({ layer: 'permissions', bwrap: null, unshare: null, reason });

/** What every machine has. */
export const PERMISSIONS_ONLY = weaker('No stronger isolation was requested.');

/**
 * Tries out what this machine allows: in containers, namespaces are often refused. Takes about 0.1 s.
 * @throws Error with what to do when `require` can't be met.
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

/** Path of unshare where it can take the network from a process; null elsewhere. */
export async function findUnshare(): Promise<string | null> {
  const unshare = process.platform === 'linux' ? findProgram('unshare') : null;
  return unshare !== null && (await probe(unshare, UNSHARE_ARGUMENTS)) === null ? unshare : null;
}

/** Why a program can't start Node here; null when it can. */
function probe(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const command = [...args, process.execPath, '-e', '0'];
    execFile(program, command, { env: {}, timeout: PROBE_TIMEOUT_MS }, (error, _output, said) => {
      const reason = said.trim().split('\n').at(-1) || error?.message || '';
      resolve(error ? `${basename(program)} doesn't work on this machine: ${reason.slice(0, 200)}.` : null);
    });
  });
}

/** A network of its own with nothing in it, and the same user. */
export const UNSHARE_ARGUMENTS: readonly string[] = ['--user', '--map-current-user', '--net', '--'];

/** Everything is closed but what is named; inside, the user is nobody. */
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

/** Flags of Node that leave a child nothing but these files, and threads. */
export function permissionFlags({ readable }: Reach, mayLoadNative: boolean): string[] {
  return [
    '--permission',
    // A folder that is not there yet is taken for a file without the second form.
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
