import { isAppError } from '@lorebox/contract/errors';
import { askRawModel } from './ask-raw-model.ts';
import { askWorkspace } from './ask-workspace.ts';
import type { Call } from './call.ts';
import type { Reply } from './completion-parts.ts';
import type { CompletionRequest } from './completion-request.ts';
import { modelNotFound } from './models.ts';
import { findTarget } from './target.ts';

/** Asks the workspace or raw model that the name refers to, for chat completions and responses. */
export async function openReply(call: Call, request: CompletionRequest): Promise<Reply> {
  const target = await findTarget(call, request.model);
  if (target === null) throw await modelNotFound(call, request.model);
  if (target.kind === 'workspace') return askWorkspace(call, target.workspaceId, request);
  return { parts: askKnownModel(call, target.modelId, request), answerId: null };
}

async function* askKnownModel(call: Call, modelId: string, request: CompletionRequest): Reply['parts'] {
  try {
    yield* askRawModel(call, modelId, request);
  } catch (error) {
    throw isAppError(error) && error.code === 'MODEL_NOT_FOUND' ? await modelNotFound(call, request.model) : error;
  }
}
