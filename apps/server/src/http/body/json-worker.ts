import { parentPort } from 'node:worker_threads';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import { parseJson } from './parse-json.ts';

const methods = { parse: (bytes: Uint8Array): unknown => parseJson(bytes) };
export type JsonMethods = typeof methods;

if (parentPort) serveCalls(parentPort, methods);
