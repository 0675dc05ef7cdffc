import type { AuditEntry } from '@lorebox/contract/audit';
import type { Connection } from './connection.ts';
import { entities } from './entities.ts';
import type { StoreWriter } from './entity.ts';
import type { AllCommands } from './writer/commands.ts';
import type { Writer } from './writer/writer.ts';

type Entities = typeof entities;

/** The store of every entity. */
export type Stores = { [Name in keyof Entities]: ReturnType<Entities[Name]['createStore']> };

export function createStores(connection: Connection, writer: Writer): Stores {
  const storeWriter = createStoreWriter(writer);
  const stores = Object.entries(entities).map(([name, entity]) => [name, entity.createStore(connection, storeWriter)]);
  // Object.fromEntries loses the key types.
  return Object.fromEntries(stores);
}

function createStoreWriter(writer: Writer): StoreWriter<AllCommands> {
  let pending: AuditEntry | null = null;
  return {
    run(name, input) {
      const entry = pending;
      pending = null;
      return writer.run(name, input, entry ?? undefined);
    },
    withAudit(entry, write) {
      pending = entry;
      try {
        const written = write();
        if (pending !== null) throw new Error(`${entry.action}: nothing was written`);
        return written;
      } finally {
        pending = null;
      }
    },
  };
}
