import type { Message } from '@lorebox/contract/chat';
import type { Place } from '../viewer/place.ts';

export interface AssistantMessageProps {
  workspace: string;
  message: Message;
  /** The question that it answers. */
  question: string;
  isLast: boolean;
  isReadOnly: boolean;
  onOpenPlace(documentId: string, place: Place): void;
}
