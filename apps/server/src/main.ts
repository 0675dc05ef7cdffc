import { openDatabase } from '@lorebox/storage/sqlite/database';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type DataDirLock, lockDataDir } from './lock-data-dir.ts';
import { createLogger } from './logger.ts';
import { secureDataDir } from './secure-data-dir.ts';
import type { RunningServer } from './start-server.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** Another server that is stopping in this folder may use its full drain time. */
const LOCK_WAIT_MS = 10_000;
const EXIT_FAILED = 1;
/** Read once and then removed from the environment, so child processes don't inherit them. */
const ONE_TIME_SECRETS = ['LOREBOX_ADMIN_PASSWORD', 'LOREBOX_API_KEY'];

// Disables the telemetry of ONNX Runtime. Set before any thread starts, because threads copy the environment.
process.env.ORT_DISABLE_TELEMETRY = '1';

const config = readConfigOrExit();
for (const name of ONE_TIME_SECRETS) delete process.env[name];
const log = createLogger(config.log);
let server: RunningServer;
let lock: DataDirLock | null = null;
try {
  lock = await lockDataDir(config.dataDir, {
    waitMs: LOCK_WAIT_MS,
    onWait: (owner) => process.stderr.write(`Waiting for another Lorebox (${owner}) to release the data folder.\n`),
  });
  const unsecured = secureDataDir(config.dataDir);
  if (unsecured.length > 0) log.warn({ paths: unsecured }, 'file permissions not restricted to the owner');
  // The writer thread runs the migrations while this thread loads the rest of the program.
  const opening = openDatabase(config.dataDir, { maxVectorBytes: config.storage.vectorCacheBytes });
  const [database, { startServer }] = await Promise.all([opening, import('./start-server.ts')]);
  server = await startServer(config, log, database);
  if (lock.wasKilled) {
    const orphans = await database.documents.sweepOrphans();
    log.info({ orphans }, 'previous server process was killed, data is intact');
  }
} catch (error) {
  lock?.release();
  process.stderr.write(`Lorebox can't start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

const address = config.http.publicUrl ?? server.url;
process.stderr.write(`\n  Lorebox is ready at ${address}\n`);
if (server.setupToken)
  process.stderr.write(`  Create the first admin (one-time link): ${address}/setup#token=${server.setupToken}\n`);
process.stderr.write(`  Data folder: ${config.dataDir}\n\n`);
log.info({ url: server.url, ms: Math.round(performance.now()) }, 'ready');

const { parentPid, http } = config;
const stop = stopOnSignal(log, { parentPid, drainMs: http.drainMs }, async () => {
  await server.stop();
  lock?.release();
});
// The state of the process is unknown. Everything important is in the database, so the next start resumes from there.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (err) => {
    log.fatal({ err, event }, 'unexpected error, stopping');
    stop(event, EXIT_FAILED);
  });
}

function readConfigOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
