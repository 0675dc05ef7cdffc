import { type Connection, openConnection } from '@lorebox/storage/sqlite/connection';
import { migrateDatabase } from '@lorebox/storage/sqlite/migrate';

let image: Buffer | null = null;

/** Opens an empty in-memory database. The migrations run once per process. */
export function openMemoryDatabase(): Connection {
  image ??= serializeEmptyDatabase();
  return openConnection(image, { readonly: false, vectors: true });
}

function serializeEmptyDatabase(): Buffer {
  const connection = openConnection(':memory:', { readonly: false, vectors: true });
  migrateDatabase(connection, 'no blobs');
  const serialized = connection.raw.serialize();
  connection.raw.close();
  return serialized;
}
