import { parentPort } from 'node:worker_threads';
import { isAppError } from '@lorebox/contract/errors';
import { parseJson } from './parse-json.ts';

export interface ParseRequest {
  id: number;
  bytes: Uint8Array;
}

export type ParseReply = { id: number; value: unknown } | { id: number; problem: string };

parentPort?.on('message', ({ id, bytes }: ParseRequest) => {
  const reply = (message: ParseReply) => parentPort?.postMessage(message);
  try {
    reply({ id, value: parseJson(bytes) });
  } catch (error) {
    reply({ id, problem: isAppError(error) ? error.message : 'The request body is not valid JSON.' });
  }
});
