import { asObject, type ListedModel } from './listed-model.ts';
import { opensThought } from './opens-thought.ts';
import { OPEN_NETWORK } from './patient-fetch.ts';
import { serverRoot, type TokenizerServer } from './server-tokenizer.ts';

/** What llama.cpp's server reports beyond `/v1/models`. */
export interface LlamaServer {
  /** Window of one slot: requests that run at the same time share the configured one. */
  contextWindow: number | null;
  images: boolean | null;
  tools: boolean | null;
  opensThought: boolean;
}

export function isLlamaServer({ ownedBy }: ListedModel): boolean {
  return ownedBy === 'llamacpp';
}

/** Null if the server doesn't answer, as behind a proxy that forwards only /v1. */
export async function inspectLlamaServer({
  baseUrl,
  apiKey,
  network = OPEN_NETWORK,
}: TokenizerServer): Promise<LlamaServer | null> {
  const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : undefined;
  const response = await network.probe(`${serverRoot(baseUrl)}/props`, { headers }).catch(() => null);
  if (!response?.ok) {
    await response?.body?.cancel();
    return null;
  }
  const props = asObject(await response.json().catch(() => null));
  const window = asObject(props.default_generation_settings).n_ctx;
  const tools = asObject(props.chat_template_caps).supports_tools;
  const images = asObject(props.modalities).vision;
  return {
    contextWindow: typeof window === 'number' && window > 0 ? window : null,
    images: typeof images === 'boolean' ? images : null,
    tools: typeof tools === 'boolean' ? tools : null,
    opensThought: typeof props.chat_template === 'string' && opensThought(props.chat_template),
  };
}
