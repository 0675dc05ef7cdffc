import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../drizzle.ts';
import type { Connection } from './connection.ts';

/**
 * Brings the schema up to date; drizzle runs all pending migrations in one transaction, so a kill leaves the old one.
 * Refuses when bytes are there but the database that knows them is not: that is a wrong folder or a lost file, and
 * starting fresh would look like "all my data is gone".
 */
export function migrateDatabase(connection: Connection, blobDir: string): void {
  const known = connection.raw.prepare("select 1 from sqlite_master where name = 'documents'").get();
  if (!known && existsSync(blobDir) && readdirSync(blobDir).some((name) => name !== 'staging')) {
    throw new Error(
      `The database is new, but ${blobDir} contains documents of an earlier installation. ` +
        'Restore lorebox.db from a backup, or choose another LOREBOX_DATA_DIR.',
    );
  }
  migrate(connection.orm, { migrationsFolder: join(import.meta.dirname, 'migrations') });
}
