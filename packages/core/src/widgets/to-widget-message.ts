import type { Message } from '@lorebox/contract/chat';
import type { WidgetMessage } from '@lorebox/contract/widget';
import { toSharedCitation } from '../shares/view-share.ts';

/** A message as a visitor sees it. */
export function toWidgetMessage({
  id,
  role,
  text,
  status,
  answerId,
  citations,
  feedback,
  feedbackReason,
  createdAt,
}: Message): WidgetMessage {
  const shown = citations.map(toSharedCitation);
  return { id, role, text, status, answerId, citations: shown, feedback, feedbackReason, createdAt };
}
