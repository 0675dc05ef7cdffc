import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '@lorebox/contract/errors';
import { openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { execute } from './execute.ts';
import type { WriterReply, WriterRequest } from './writer.ts';

const { path, blobDir } = workerData as { path: string; blobDir: string };
const connection = openConnection(path, { readonly: false, vectors: true });
migrateDatabase(connection, blobDir);

function answer(request: WriterRequest): WriterReply {
  try {
    return { id: request.id, output: execute(connection, blobDir, request.name, request.input as never) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id: request.id, error: { code: isAppError(error) ? error.code : null, message, stack } };
  }
}

parentPort?.on('message', (message: { connect: MessagePort } | { close: true }) => {
  if ('close' in message) {
    connection.raw.pragma('wal_checkpoint(TRUNCATE)');
    connection.raw.close();
    process.exit(0);
  }
  const port = message.connect;
  port.on('message', (request: WriterRequest) => port.postMessage(answer(request)));
});
parentPort?.postMessage('ready');
