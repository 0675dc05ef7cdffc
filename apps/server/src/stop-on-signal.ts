import type { Logger } from './logger.ts';

/** Time for all shutdown steps except the drain. */
const STOP_DEADLINE_MS = 15_000;
const PARENT_CHECK_MS = 250;
/** One Ctrl-C reaches the server up to three times: from the terminal, npm and the bootstrap script. */
const SAME_SIGNAL_MS = 250;
const EXIT_INTERRUPTED = 130;

/**
 * Shuts down gracefully on SIGTERM, SIGINT and SIGHUP, and when the parent process is gone. A second signal exits
 * immediately.
 * @param options.parentPid Process ID of the parent; the server is its child.
 * @param options.drainMs Time that `close` waits for answers in progress.
 * @returns a function that stops the server for another reason, with an exit code. It does nothing if the server is
 * already stopping.
 */
export function stopOnSignal(
  log: Logger,
  { parentPid, drainMs }: { parentPid: number | undefined; drainMs: number },
  close: () => Promise<void>,
): (why: string, exitCode: number) => void {
  let stoppingSince: number | null = null;
  async function stop(why: string, exitCode = 0): Promise<void> {
    if (stoppingSince !== null) return;
    stoppingSince = performance.now();
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), drainMs + STOP_DEADLINE_MS).unref();
    await close().catch((err) => {
      log.error({ err }, 'stopping failed');
      process.exit(1);
    });
    log.info({}, 'stopped');
    process.exit(exitCode);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stoppingSince === null) void stop(signal);
      else if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(EXIT_INTERRUPTED);
    });
  }
  if (parentPid !== undefined) watchParent(parentPid, () => void stop('parent process exited'));
  return (why, exitCode) => void stop(why, exitCode);
}

function watchParent(parent: number, onExit: () => void): void {
  const timer = setInterval(() => {
    if (isParentAlive(parent)) return;
    clearInterval(timer);
    onExit();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** A killed parent keeps its process ID until it is reaped, but the kernel reparents its children at once. */
function isParentAlive(parent: number): boolean {
  if (process.platform !== 'win32') return process.ppid === parent;
  try {
    process.kill(parent, 0);
    return true;
  } catch {
    return false;
  }
}
