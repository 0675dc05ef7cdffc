import { AppError } from '@lorebox/contract/errors';

const DEADLINE_MS = 60_000;

/** Rejects if the backend doesn't respond in time, so that it can't block the sync forever. */
export function withinTime<T>(call: Promise<T>, ms = DEADLINE_MS): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = new AppError('VECTOR_BACKEND_FAILED', `The vector backend didn't respond within ${ms / 1000} s.`);
    const timer = setTimeout(() => reject(late), ms);
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
