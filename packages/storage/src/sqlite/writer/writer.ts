import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { AuditEntry } from '@lorebox/contract/audit';
import { AppError } from '@lorebox/contract/errors';
import { Caller } from '@lorebox/worker-rpc/caller';
import type { Connection } from '../connection.ts';
import type { Call, CommandInput, CommandName, CommandOutput } from './commands.ts';
import { execute } from './execute.ts';
import type { WriterMethods, WriterThreadData } from './writer-thread.ts';

/** The only way to write. Runs commands one after the other, in the order they were sent. */
export interface Writer {
  /** Writes the entry in the same transaction, unless the command returns false. */
  run<K extends CommandName>(name: K, input: CommandInput<K>, audit?: AuditEntry): Promise<CommandOutput<K>>;
}

/** Connects to the single writer thread through a port. Every thread uses this. */
export function connectWriter(port: MessagePort): Writer {
  const caller = new Caller<WriterMethods>(port);
  port.on('close', () => caller.fail(new AppError('SHUTTING_DOWN')));
  return {
    run<K extends CommandName>(name: K, input: CommandInput<K>, audit?: AuditEntry) {
      const call: Call<K> = { name, input, audit };
      // TypeScript can't relate one name across the union of all calls. The thread runs the command with this name.
      return caller.call('run', call as Call) as Promise<CommandOutput<K>>;
    },
  };
}

/** Runs the same commands on the caller's thread, for tests and one-shot tools. */
export function createInlineWriter(connection: Connection, blobDir: string): Writer {
  return {
    run: async (name, input, audit) => execute(connection, blobDir, { name, input: structuredClone(input), audit }),
  };
}

export interface WriterThread {
  writer: Writer;
  /** Changes with every commit, before the caller gets its reply. */
  readVersion(): number;
  /** Opens a port for another thread. Pass it in `transferList` and call `connectWriter` there. */
  openPort(): MessagePort;
  /** Finishes pending commands, checkpoints and closes the file. */
  close(): Promise<void>;
}

/** Starts the writer thread. Resolves once the database is migrated and ready. */
export async function startWriterThread(path: string, blobDir: string): Promise<WriterThread> {
  const commits = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), {
    workerData: { path, blobDir, commits } satisfies WriterThreadData,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  const openPort = () => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ connect: port1 }, [port1]);
    return port2;
  };
  return {
    writer: connectWriter(openPort()),
    readVersion: () => Atomics.load(commits, 0),
    openPort,
    async close() {
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage({ close: true });
      await exited;
    },
  };
}
