import type { Transferable } from 'node:worker_threads';
import { type CallMessage, type Methods, type ReplyMessage, toWireError } from './messages.ts';

const NEVER = new AbortController().signal;
const transfers = new WeakMap<object, Transferable[]>();

/** Marks an output whose memory is transferred to the caller instead of being copied. */
export function withTransfer<T extends object>(output: T, transferList: Transferable[]): T {
  transfers.set(output, transferList);
  return output;
}

/** A worker or a message port. Ignores replies to calls made over the same port. */
export interface ServePort {
  postMessage(message: ReplyMessage, transferList?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: CallMessage | ReplyMessage) => void): unknown;
  close?(): void;
}

/**
 * Serves calls that arrive on the port. Methods that return a promise run concurrently.
 * @param onClose runs when the other side closes its client. The port is closed when it resolves.
 */
export function serveCalls(port: ServePort, methods: Methods, onClose?: () => Promise<void> | void): void {
  const running = new Map<number, AbortController>();

  async function answer(id: number, method: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const reply = (message: ReplyMessage, transferList: Transferable[] = []) => port.postMessage(message, transferList);
    try {
      const run = methods[method];
      if (!run) throw new Error(`This thread has no method "${method}".`);
      const output: unknown = await run(input, controller.signal);
      if (controller.signal.aborted) return;
      reply({ id, output }, typeof output === 'object' && output !== null ? transfers.get(output) : []);
    } catch (error) {
      if (!controller.signal.aborted) reply({ id, error: toWireError(error) });
    } finally {
      running.delete(id);
    }
  }

  /** Errors become unhandled rejections because there is no caller to report them to. */
  async function handle(method: string, input: unknown): Promise<void> {
    await methods[method]?.(input, NEVER);
  }

  port.on('message', async (message) => {
    if ('cancel' in message) running.get(message.cancel)?.abort();
    else if ('close' in message) {
      await onClose?.();
      port.close?.();
    } else if ('method' in message) {
      const { id, method, input } = message;
      await (id === undefined ? handle(method, input) : answer(id, method, input));
    }
  });
}
