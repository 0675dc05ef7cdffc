import { parentPort } from 'node:worker_threads';
import { HOSTILE_STRINGS } from './hostile-strings.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

/** Runs one function on one string at a time. The caller terminates the thread if it takes too long. */
parentPort?.on('message', async ({ name, kind }: { name: string; kind: string }) => {
  const text = HOSTILE_STRINGS.get(kind)?.() ?? '';
  try {
    await TEXT_FUNCTIONS[name]?.(text);
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(error instanceof Error ? error.message : String(error));
  }
});
