import type { AuditEntry } from '@lorebox/contract/audit';
import type { Connection } from './connection.ts';
import type { WriteContext } from './writer/context.ts';

/** Write commands by name. Each runs alone, whole or not at all, on the writer thread. */
export type Commands = Record<string, (context: WriteContext, input: never) => unknown>;

export type InputsOf<C extends Commands> = { [Name in keyof C]: Parameters<C[Name]>[1] };
export type OutputsOf<C extends Commands> = { [Name in keyof C]: ReturnType<C[Name]> };

/** Sends a store's commands to the writer, which runs one after the other. */
export interface StoreWriter<C extends Commands> {
  run<Name extends keyof C & string>(name: Name, input: InputsOf<C>[Name]): Promise<OutputsOf<C>[Name]>;
  /**
   * Puts the entry into the transaction of the one command that `write` sends. It is not written when the command gives false.
   * @throws when `write` sends no command before it waits for something.
   */
  withAudit<T>(entry: AuditEntry, write: () => Promise<T>): Promise<T>;
}

/** A kind of thing that is stored: the commands that write it, and the store that reads it and sends them. */
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
