import type { StoredMessage } from '@lorebox/ports/chat-stores';
import { inArray } from '../../drizzle.ts';
import { answers } from '../answers/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { messages } from './schema.ts';
import { THREAD_INDEX } from './thread-texts.ts';

/** Removes messages and their answers. Events are removed by cascade. */
export function removeMessages({ orm, eraser }: WriteContext, rows: Pick<StoredMessage, 'id'>[]): void {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return;
  orm.delete(answers).where(inArray(answers.messageId, ids)).run();
  orm.delete(messages).where(inArray(messages.id, ids)).run();
  eraser.noteTable(THREAD_INDEX);
}
