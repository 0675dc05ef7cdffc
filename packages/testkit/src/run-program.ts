import { spawnSync } from 'node:child_process';

/** Less than the timeout of a release test, so that a program that hangs fails its test with what it had written. */
const DEADLINE_MS = 240_000;

/** Runs a program in a folder and returns its output. @throws with the output if it fails or hangs. */
export function runProgram(
  program: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}${stderr}`);
  return stdout;
}
