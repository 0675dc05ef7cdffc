import { AppError } from '@lorebox/contract/errors';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { ModelCall } from '../chat/stream-model.ts';

export interface ModelNeeds {
  images: boolean;
  tools: boolean;
}

/**
 * Rejects what the model can't read or do, before it is called. If the server doesn't report features, it decides.
 * @throws AppError UNPROCESSABLE that names the model and the alternatives.
 */
export function requireAccepts(model: ChatModel, needs: ModelNeeds): void {
  if (model.kind === 'extractive') {
    if (needs.images) throw unprocessable(`${model.reason ?? 'No language model is configured.'} Images require one.`);
    return;
  }
  if (needs.images && model.accepts.images === false) {
    throw unprocessable(`The model "${model.id}" can't read images. Choose a vision model, or leave out the images.`);
  }
  if (needs.tools && model.accepts.tools === false) {
    throw unprocessable(`The model "${model.id}" can't call tools. Choose a model that can, or leave out "tools".`);
  }
}

/** What a call requires of its model. */
export function needsOf({ prompt, tools, toolChoice }: ModelCall): ModelNeeds {
  const hasImages = prompt.some(
    ({ content }) =>
      typeof content !== 'string' && content.some((part) => part.type === 'file' && part.mediaType.startsWith('image')),
  );
  return { images: hasImages, tools: (tools?.length ?? 0) > 0 && toolChoice?.type !== 'none' };
}

function unprocessable(message: string): AppError {
  return new AppError('UNPROCESSABLE', message);
}
