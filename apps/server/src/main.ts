import { openDatabase } from '@lorebox/storage/sqlite/database';
import { readEnv } from './env.ts';
import { lockDataDir } from './lock-data-dir.ts';
import { createLogger } from './logger.ts';
import type { RunningServer } from './start-server.ts';

const PARENT_CHECK_MS = 1000;
const STOP_DEADLINE_MS = 15_000;

// ONNX Runtime would report to its maker. Set before any thread starts: threads get a copy of the environment.
process.env.ORT_DISABLE_TELEMETRY = '1';

const env = readEnv();
// They have done their work; nothing that is started from here shall inherit them.
delete process.env.LOREBOX_ADMIN_PASSWORD;
delete process.env.LOREBOX_API_KEY;
const log = createLogger(env);
let server: RunningServer;
let lock = { release: () => {}, wasKilled: false };
try {
  lock = lockDataDir(env.LOREBOX_DATA_DIR);
  // The writer thread migrates on one core while the other loads the rest of the program.
  const opening = openDatabase(env.LOREBOX_DATA_DIR, { maxVectorBytes: env.LOREBOX_VECTOR_CACHE_MB * 1024 * 1024 });
  const [database, { startServer }] = await Promise.all([opening, import('./start-server.ts')]);
  server = await startServer(env, log, database);
  if (lock.wasKilled) {
    const orphans = await database.documents.sweepOrphans();
    log.info({ orphans }, 'the last run was killed; its data is whole');
  }
} catch (error) {
  lock.release();
  process.stderr.write(`Lorebox can't start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

const address = env.LOREBOX_PUBLIC_URL ?? server.url;
process.stderr.write(`\n  Lorebox is ready at ${address}\n`);
if (server.setupToken)
  process.stderr.write(`  Create the first admin (one-time link): ${address}/setup#token=${server.setupToken}\n`);
process.stderr.write(`  Data folder: ${env.LOREBOX_DATA_DIR}\n\n`);
log.info({ url: server.url, ms: Math.round(performance.now()) }, 'ready');

let isStopping = false;
async function stop(why: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ why }, 'stopping');
  setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
  await server.stop();
  lock.release();
  log.info({}, 'stopped');
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
// No request ends the process: what slips through is logged and the server goes on.
process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection'));
process.on('uncaughtException', (err) => log.error({ err }, 'uncaught exception'));

const { LOREBOX_PARENT_PID: parent } = env;
if (parent !== undefined) {
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      void stop('the process that started the server is gone');
    }
  }, PARENT_CHECK_MS).unref();
}
