import type { CallMessage, Methods } from './messages.ts';

interface NotifyPort {
  postMessage(message: CallMessage): void;
}

/** Calls a method at the other end of the port without waiting for its result. */
export type Notify<M extends Methods> = <K extends keyof M & string>(method: K, input: Parameters<M[K]>[0]) => void;

export function createNotify<M extends Methods>(port: NotifyPort): Notify<M> {
  return (method, input) => port.postMessage({ method, input });
}
