import type { ModelInfo } from '@lorebox/contract/model';

/** What an OpenAI-compatible server reports about a model. Null: it doesn't. */
export interface ListedModel {
  id: string;
  contextWindow: number | null;
  accepts: ModelInfo['accepts'];
  /** Name of the server program, such as "llamacpp" or "vllm". */
  ownedBy: string | null;
}

type Json = Record<string, unknown>;

/** Reads an entry of `/v1/models`. Null if it is not one. */
export function readListedModel(value: unknown): ListedModel | null {
  const entry = asObject(value);
  if (typeof entry.id !== 'string') return null;
  const ownedBy = typeof entry.owned_by === 'string' ? entry.owned_by : null;
  return { id: entry.id, contextWindow: windowOf(entry), accepts: acceptsOf(entry), ownedBy };
}

/**
 * vLLM, OpenRouter and LM Studio, Mistral and llama.cpp use different names for it, and most servers don't report it.
 */
function windowOf(entry: Json): number | null {
  const named = [entry.max_model_len, entry.context_length, entry.max_context_length, asObject(entry.meta).n_ctx];
  const window = named.find((value) => typeof value === 'number' && value > 0);
  return typeof window === 'number' ? window : null;
}

/** llama.cpp and OpenRouter list modalities, Mistral has switches, others have a list of features. */
function acceptsOf(entry: Json): ModelInfo['accepts'] {
  const modalities = asTexts(asObject(entry.architecture).input_modalities);
  const parameters = asTexts(entry.supported_parameters);
  const features = asTexts(entry.capabilities);
  const switches = asObject(entry.capabilities);
  const has = (list: readonly string[] | null, ...names: string[]) =>
    list === null ? null : names.some((name) => list.includes(name));
  const isOn = (name: string) => (typeof switches[name] === 'boolean' ? switches[name] : null);
  return {
    images: has(modalities, 'image') ?? isOn('vision') ?? has(features, 'vision', 'multimodal', 'image'),
    tools: isOn('function_calling') ?? has(parameters, 'tools') ?? onlyIfListed(features, 'tools', 'tool_use'),
    thinking: isOn('reasoning') ?? has(parameters, 'reasoning') ?? onlyIfListed(features, 'thinking', 'reasoning'),
  };
}

/** Lists of features rarely contain all of them, so a missing one is unknown. */
function onlyIfListed(list: readonly string[] | null, ...names: string[]): true | null {
  return names.some((name) => list?.includes(name)) ? true : null;
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asTexts(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
}
