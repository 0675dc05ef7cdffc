import type { AuditEntry } from '@lorebox/contract/audit';
import type { Connection } from './connection.ts';
import type { WriteContext } from './writer/context.ts';

/** Write commands by name. Each runs alone and atomically on the writer thread. */
export type Commands = Record<string, (context: WriteContext, input: never) => unknown>;

export type InputsOf<C extends Commands> = { [Name in keyof C]: Parameters<C[Name]>[1] };
export type OutputsOf<C extends Commands> = { [Name in keyof C]: ReturnType<C[Name]> };

/** Sends the commands of a store to the writer, which runs them one after the other. */
export interface StoreWriter<C extends Commands> {
  run<Name extends keyof C & string>(name: Name, input: InputsOf<C>[Name]): Promise<OutputsOf<C>[Name]>;
  /**
   * Adds the entry to the transaction of the single command that `write` sends. The entry is not written if the command
   * returns false.
   * @throws if `write` sends no command before its first `await`.
   */
  withAudit<T>(entry: AuditEntry, write: () => Promise<T>): Promise<T>;
}

/** A stored entity: the commands that write it, and the store that reads it and sends them. */
export interface Entity<C extends Commands, Store> {
  commands: C;
  createStore(connection: Connection, writer: StoreWriter<C>): Store;
}

export function defineEntity<C extends Commands, Store>(
  commands: C,
  createStore: (connection: Connection, writer: StoreWriter<C>) => Store,
): Entity<C, Store> {
  return { commands, createStore };
}
