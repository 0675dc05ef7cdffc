import type { Core } from '../core.ts';
import { LAST_CLEAN_UP_SETTING } from '../system/clean-up.ts';
import { type Finding, failure, formatSize, ok, warning } from './health-check.ts';

const HOUR_MS = 3_600_000;
const CLEAN_UP_OVERDUE_MS = 48 * HOUR_MS;
/** Warn while there is still time to act. */
const LOW_DISK_FACTOR = 4;

export async function checkDisk({ machine }: Core): Promise<Finding> {
  const disk = await machine.disk();
  if (!disk) return ok('The free disk space is unknown on this system.');
  const { freeBytes, minFreeBytes } = disk;
  const message = `${formatSize(freeBytes)} free. Uploads stop below ${formatSize(minFreeBytes)}.`;
  const action = 'Free disk space, or move the data folder to a larger disk.';
  if (freeBytes < minFreeBytes) return failure(message, action);
  return freeBytes < minFreeBytes * LOW_DISK_FACTOR ? warning(message, action) : ok(message);
}

export async function checkDataFolder({ machine }: Core): Promise<Finding> {
  if (await machine.isDataWritable()) return ok('The data folder is writable.');
  const action = 'Check the owner, the permissions and the mount of the data folder. See LOREBOX_DATA_DIR.';
  return failure('The data folder is not writable.', action);
}

export async function checkDatabase({ machine, stores }: Core): Promise<Finding> {
  const { chunks, ready } = await stores.documents.counts();
  const size = formatSize(await machine.databaseBytes());
  return ok(`${size} with ${ready} documents and ${chunks} chunks. Back up the data folder to keep them.`);
}

export async function checkCleanUp({ stores, clock, startedAt }: Core): Promise<Finding> {
  const stored = await stores.settings.get(LAST_CLEAN_UP_SETTING);
  const last = stored === null ? null : Number(stored);
  const message = last === null ? 'Not run yet.' : `Last run at ${new Date(last).toISOString()}.`;
  if (clock.now() - (last ?? startedAt) < CLEAN_UP_OVERDUE_MS) return ok(message);
  return warning(message, 'Expired data is not removed. Search the server log for "cleanup failed".');
}
