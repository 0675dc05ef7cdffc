import type { AskInput } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import type { Workspace } from '@lorebox/contract/workspace';
import { requireMayOverride } from '../models/require-may-override.ts';
import type { Turn } from './turn.ts';

export type TurnOptions = Pick<
  AskInput,
  'mode' | 'model' | 'documentIds' | 'metadata' | 'images' | 'allowRemoteContent' | 'maxAnswerTokens' | 'thinking'
>;

export function prepareTurn(
  workspace: Workspace,
  threadId: string,
  question: { id: string; text: string },
  options: TurnOptions,
  { messages: history, start: historyStart }: { messages: Turn['history']; start: number },
): Turn {
  requireMayOverride(workspace, options.model);
  return {
    workspace,
    threadId,
    questionId: question.id,
    messageId: createId('msg'),
    question: question.text,
    mode: options.mode ?? workspace.mode,
    modelId: options.model ?? workspace.model,
    documentIds: options.documentIds,
    metadata: options.metadata,
    images: options.images ?? [],
    allowRemoteContent: options.allowRemoteContent ?? false,
    history,
    historyStart,
    maxAnswerTokens: options.maxAnswerTokens ?? workspace.maxAnswerTokens,
    thinking: options.thinking ?? workspace.thinking,
  };
}
