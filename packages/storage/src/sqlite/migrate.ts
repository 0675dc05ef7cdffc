import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../drizzle.ts';
import type { Connection } from './connection.ts';

/**
 * Migrates the schema. Drizzle runs all pending migrations in one transaction, so a kill leaves the old schema.
 * Fails if there are stored files but no database: that is a wrong folder or a lost file, and starting with an empty
 * database would look like data loss.
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
