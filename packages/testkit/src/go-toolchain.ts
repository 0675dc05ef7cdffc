import { spawnSync } from 'node:child_process';

const OLDEST = [1, 24] as const;

/** Why nothing can be done with Go here; null when it can. */
export function missingGo(): string | null {
  const { stdout, status } = spawnSync('go', ['version'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(status === 0 ? stdout : '') ?? [];
  const isNew = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  return isNew ? null : `needs Go ${OLDEST.join('.')} or newer`;
}

/** Runs the go command in a folder; gives what it printed. @throws with that when it fails. */
export function runGo(folder: string, args: readonly string[]): string {
  const env = { ...process.env, GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local' };
  const { status, stdout, stderr, error } = spawnSync('go', args, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}${stderr}`);
  return stdout;
}
