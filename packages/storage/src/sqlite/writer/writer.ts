import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { AuditEntry } from '@lorebox/contract/audit';
import { AppError, type ErrorCode } from '@lorebox/contract/errors';
import type { Connection } from '../connection.ts';
import type { Call, CommandInput, CommandName, CommandOutput } from './commands.ts';
import { execute } from './execute.ts';

/** The only way to write. Commands run one after the other, in the order that they were sent. */
export interface Writer {
  /** The entry is written in the same transaction, unless the command gives false. */
  run<K extends CommandName>(name: K, input: CommandInput<K>, audit?: AuditEntry): Promise<CommandOutput<K>>;
}

export interface WriterThreadData {
  path: string;
  blobDir: string;
  /** One number, in shared memory: how often something was committed. */
  commits: Int32Array;
}

export interface WriterRequest<Name extends CommandName = CommandName> {
  id: number;
  call: Call<Name>;
}

export type WriterReply =
  | { id: number; output: unknown }
  | { id: number; error: { code: ErrorCode | null; message: string; stack: string | undefined } };

/** A writer on the other end of a port: how each thread reaches the one writer thread. */
export function connectWriter(port: MessagePort): Writer {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  port.on('message', (reply: WriterReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) port.unref();
    if (!call) return;
    if ('error' in reply) call.reject(revive(reply.error));
    else call.resolve(reply.output as never);
  });
  port.on('close', () => {
    for (const call of waiting.values()) call.reject(new AppError('SHUTTING_DOWN'));
    waiting.clear();
  });
  port.unref();
  return {
    run(name, input, audit) {
      return new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        port.ref();
        const request: WriterRequest<typeof name> = { id, call: { name, input, audit } };
        port.postMessage(request);
      });
    },
  };
}

function revive(error: { code: ErrorCode | null; message: string; stack: string | undefined }): Error {
  if (error.code) return new AppError(error.code, error.message);
  const plain = new Error(error.message);
  plain.stack = error.stack;
  return plain;
}

/** For tests and one-shot tools: the same commands, on the caller's thread. */
export function createInlineWriter(connection: Connection, blobDir: string): Writer {
  return {
    run: async (name, input, audit) => execute(connection, blobDir, { name, input: structuredClone(input), audit }),
  };
}

export interface WriterThread {
  writer: Writer;
  /** Changes with every commit, before the caller gets its reply. */
  readVersion(): number;
  /** A port for another thread; hand it over in `transferList` and call `connectWriter` there. */
  openPort(): MessagePort;
  /** Finishes what was sent, checkpoints and closes the file. */
  close(): Promise<void>;
}

/** Starts the writer thread; resolves once the database is migrated and ready. */
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
