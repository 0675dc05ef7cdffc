import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Profile {
  url: string;
  /** An API key or a session token. */
  apiKey?: string;
}

export interface Config {
  /** Name of the profile that commands use by default. */
  current: string;
  profiles: Record<string, Profile>;
}

export const DEFAULT_PROFILE = 'default';
const EMPTY: Config = { current: DEFAULT_PROFILE, profiles: {} };

/** `LOREBOX_CONFIG`, otherwise a file in the user's configuration folder. */
export function configPath(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (env.LOREBOX_CONFIG) return env.LOREBOX_CONFIG;
  const folder =
    platform === 'win32'
      ? (env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'))
      : (env.XDG_CONFIG_HOME ?? join(homedir(), '.config'));
  return join(folder, 'lorebox', 'config.json');
}

/** @throws Error that names the file if it can't be read. */
export function readConfig(path = configPath()): Config {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw error;
  }
  try {
    const value = JSON.parse(text) as Partial<Config> | null;
    if (typeof value?.profiles !== 'object' || value.profiles === null) throw new Error('no profiles');
    return { current: value.current ?? DEFAULT_PROFILE, profiles: value.profiles };
  } catch (cause) {
    throw new Error(`${path} is not a valid configuration. Fix it, or delete it and run \`lorebox login\`.`, { cause });
  }
}

/** Only the user can read the file, because it contains keys. */
export function writeConfig(config: Config, path = configPath()): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const staging = `${path}.${process.pid}`;
  writeFileSync(staging, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  chmodSync(staging, 0o600);
  renameSync(staging, path);
}

/** @throws Error if a profile with this name was requested and doesn't exist. */
export function findProfile(config: Config, name: string | undefined): Profile | null {
  const profile = config.profiles[name ?? config.current];
  if (!profile && name !== undefined) {
    const known = Object.keys(config.profiles).join(', ') || 'none';
    throw new Error(`Unknown profile "${name}". Profiles: ${known}.`);
  }
  return profile ?? null;
}
