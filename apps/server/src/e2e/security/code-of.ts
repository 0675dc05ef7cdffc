import { Lorebox, LoreboxError } from '@lorebox/sdk';

const converter = new Lorebox({ baseUrl: 'http://127.0.0.1:9', apiKey: 'unused' });

/** OK, or the code of the error that a call ends with. */
export async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await converter.call(run);
    return 'OK';
  } catch (error) {
    return error instanceof LoreboxError ? error.code : String(error);
  }
}
