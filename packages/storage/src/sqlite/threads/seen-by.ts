import type { ThreadViewer } from '@lorebox/ports/chat-stores';
import { and, eq, isNull, or, type SQL, sql } from '../../drizzle.ts';
import { threads } from './schema.ts';

/** Condition for the threads that a viewer can see, with the placeholder `who`. */
export function seenBy(viewer: ThreadViewer): SQL | undefined {
  const own = eq('userId' in viewer ? threads.userId : threads.keyId, sql.placeholder('who'));
  return viewer.seesUnowned ? or(own, and(isNull(threads.userId), isNull(threads.keyId))) : own;
}

export const whoOf = (viewer: ThreadViewer): string => ('userId' in viewer ? viewer.userId : viewer.keyId);
