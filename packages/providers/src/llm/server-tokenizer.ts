import { AppError } from '@lorebox/contract/errors';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import { asObject, type ListedModel } from './listed-model.ts';
import { refusal, toOpenAiError } from './openai-error.ts';
import { type ModelNetwork, OPEN_NETWORK } from './patient-fetch.ts';

export interface TokenizerServer {
  baseUrl: string;
  apiKey?: string | undefined;
  network?: ModelNetwork | undefined;
}

const MAX_CONCURRENT = 2;

/** Body of a request to `/tokenize`, by server program. */
const REQUESTS: Readonly<Record<string, (model: string, text: string) => object>> = {
  llamacpp: (_model, content) => ({ content }),
  vllm: (model, prompt) => ({ model, prompt, add_special_tokens: false }),
};

/** Returns a function that counts tokens with `/tokenize` of llama.cpp or vLLM. Null if the server doesn't have it. */
export async function findServerTokenizer(
  server: TokenizerServer,
  { id, ownedBy }: ListedModel,
): Promise<LanguageChatModel['countTokens']> {
  const toRequest = ownedBy !== null && Object.hasOwn(REQUESTS, ownedBy) ? REQUESTS[ownedBy] : undefined;
  if (!toRequest) return null;
  const count = (text: string, signal?: AbortSignal) => countTokens(server, toRequest(id, text), signal);
  const works = await count('a').then(
    () => true,
    () => false,
  );
  if (!works) return null;
  return async (texts, signal) => {
    const counts: number[] = [];
    // Token counts of texts don't add up, so each text is a request.
    const waiting = texts.entries();
    const work = async () => {
      for (const [index, text] of waiting) counts[index] = await count(text, signal);
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT }, work));
    return counts;
  };
}

async function countTokens(server: TokenizerServer, body: object, signal?: AbortSignal): Promise<number> {
  const call = { baseUrl: server.baseUrl, signal };
  // An idle connection would occupy one of the few threads of llama.cpp's server.
  const headers = { 'content-type': 'application/json', connection: 'close', ...authorization(server) };
  const init = { method: 'POST', headers, body: JSON.stringify(body), ...(signal && { signal }) };
  const { probe } = server.network ?? OPEN_NETWORK;
  const response = await probe(`${serverRoot(server.baseUrl)}/tokenize`, init).catch((error: unknown) => {
    throw toOpenAiError(error, call);
  });
  if (!response.ok) throw refusal(response.status, await response.text().catch(() => ''), call);
  const { tokens } = asObject(await response.json().catch(() => null));
  if (!Array.isArray(tokens)) throw new AppError('MODEL_FAILED', 'The model server returned no tokens.');
  return tokens.length;
}

/** llama.cpp and vLLM serve their own paths next to /v1. */
export function serverRoot(baseUrl: string): string {
  return baseUrl.replace(/\/v1$/, '');
}

function authorization({ apiKey }: TokenizerServer): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}
