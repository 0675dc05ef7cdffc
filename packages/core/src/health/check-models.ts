import { isAppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { defaultEmbedder } from '../embeddings/choose-embedder.ts';
import { type Finding, failure, ok, plural, warning } from './health-check.ts';

const ADD_A_MODEL = 'Start Ollama and download a model, put a GGUF file into the models folder, or set a model server.';

export async function checkModels({ models }: Core): Promise<Finding> {
  try {
    const model = await models.chat.resolve(null);
    if (model.kind === 'language-model') return ok(`Questions are answered by ${model.id}.`);
    const message = ['No language model answers: Lorebox only quotes documents.', model.reason ?? ''].join(' ').trim();
    return warning(message, ADD_A_MODEL);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return failure(error.message, 'Start the server of the default model, or choose another default model.');
  }
}

export async function checkEmbedder(core: Core): Promise<Finding> {
  try {
    const { modelId } = await defaultEmbedder(core);
    return ok(`Documents are embedded with ${modelId}.`);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return failure(error.message, 'Choose another embedder in the model settings.');
  }
}

export async function checkVectorBackend({ signals }: Core): Promise<Finding | null> {
  const status = await signals.vectors?.status();
  if (!status) return null;
  const waiting = status.vectors + status.changes;
  if (status.state === 'failing') {
    const action = 'Check that it is running and reachable. Search keeps working with SQLite until then.';
    return warning(`${status.id} can't be updated: ${status.message ?? 'unknown error'}`, action);
  }
  return ok(waiting === 0 ? `${status.id} is up to date.` : `${status.id}: ${plural(waiting, 'change')} to be sent.`);
}
