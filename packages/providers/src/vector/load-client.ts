import { AppError } from '@lorebox/contract/errors';

/**
 * Clients of vector databases are optional packages. Each one is loaded by the first call that needs it.
 * @throws AppError VECTOR_BACKEND_FAILED with the command that installs it.
 */
export async function loadClient<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    const message = `The package ${name} is not installed. Add it with: npm run lorebox:add -- ${name}`;
    throw new AppError('VECTOR_BACKEND_FAILED', message, { cause });
  }
}
