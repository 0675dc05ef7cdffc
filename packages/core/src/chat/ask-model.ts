import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { enterAnswer } from '../limits/enter-answer.ts';
import { needsOf, requireAccepts } from '../models/require-accepts.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { RepetitionGuard } from './repetition-guard.ts';
import { type ModelCall, type ModelPart, streamModel } from './stream-model.ts';

/**
 * Asks a model directly. Nothing is retrieved or stored. The prompt is sent unchanged, and the model reports an error
 * if it is too long. Without a limit, the reply may take half of the context window; it stops when it repeats itself. Usage is estimated if the model doesn't report it.
 * @throws AppError CANCELLED when the signal is aborted.
 */
export async function* askModel(
  core: Core,
  actor: Actor,
  modelId: string,
  call: ModelCall,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  requireScope(actor, 'chat');
  requireUnbound(actor);
  await requireAllowed(core, 'model', core.models.chat.fullId(modelId));
  const model = await core.models.chat.resolve(modelId);
  if (model.kind === 'extractive') {
    throw new AppError('BAD_REQUEST', `"${modelId}" only quotes documents. Ask it in a workspace.`);
  }
  requireAccepts(model, needsOf(call));
  const bounded = { ...call, maxOutputTokens: call.maxOutputTokens ?? Math.floor(model.contextWindow / 2) };
  const guard = new RepetitionGuard();
  let outputTokens = 0;
  const leave = enterAnswer(core, actor, null);
  try {
    for await (const part of streamModel(model, bounded, signal)) {
      if (part.type === 'text') outputTokens += estimateTokens(part.text);
      yield part.type === 'finish'
        ? { ...part, usage: part.usage ?? { inputTokens: estimatePrompt(call), outputTokens } }
        : part;
      const isText = part.type === 'text' || part.type === 'reasoning';
      if (!isText || !guard.push(part.text)) continue;
      yield { type: 'finish', reason: 'length', usage: { inputTokens: estimatePrompt(call), outputTokens } };
      return;
    }
  } catch (error) {
    throw signal.aborted ? new AppError('CANCELLED', undefined, { cause: error }) : error;
  } finally {
    leave();
  }
}

function estimatePrompt({ prompt }: ModelCall): number {
  const texts = prompt.flatMap(({ content }) =>
    typeof content === 'string' ? [content] : content.map((part) => (part.type === 'text' ? part.text : '')),
  );
  return estimateTokens(texts.join('\n'));
}
