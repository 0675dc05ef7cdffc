import { Lorebox, LoreboxError } from '@lorebox/sdk';

const converter = new Lorebox({ baseUrl: 'http://127.0.0.1:9', apiKey: 'unused' });

/** Returns OK, or the error code of a failed call. */
export async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await converter.call(run);
    return 'OK';
  } catch (error) {
    return error instanceof LoreboxError ? error.code : String(error);
  }
}
