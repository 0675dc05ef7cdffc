import type { EmbedFeedbackInput } from '@lorebox/contract/embed';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { rateMessage } from '../threads/rate-message.ts';
import type { Visitor } from './session.ts';

/** Rates an answer of the visitor's conversation. */
export async function rateEmbedded(
  core: Core,
  { actor }: Visitor,
  { messageId, feedback, reason }: EmbedFeedbackInput,
): Promise<void> {
  requireScope(actor, 'chat');
  await rateMessage(core, actor, messageId, feedback, false, reason ?? null);
}
