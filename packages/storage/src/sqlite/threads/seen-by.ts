import type { ThreadViewer } from '@lorebox/ports/chat-stores';
import { and, eq, isNotNull, isNull, ne, or, type SQL, sql } from '../../drizzle.ts';
import { threads } from './schema.ts';

/** Condition for the threads that a viewer can see, with the placeholder `who`. */
export function seenBy(viewer: ThreadViewer): SQL | undefined {
  const own = eq('userId' in viewer ? threads.userId : threads.keyId, sql.placeholder('who'));
  return viewer.seesUnowned ? or(own, and(isNull(threads.userId), isNull(threads.keyId))) : own;
}

/** Condition for the threads that others share, with the placeholder `who`. */
export function sharedWith(viewer: ThreadViewer): SQL | undefined {
  const owner = 'userId' in viewer ? threads.userId : threads.keyId;
  const isForeign = or(isNull(owner), ne(owner, sql.placeholder('who')));
  const isOwned = or(isNotNull(threads.userId), isNotNull(threads.keyId));
  return and(eq(threads.visibility, 'workspace'), isForeign, viewer.seesUnowned ? isOwned : undefined);
}

export const whoOf = (viewer: ThreadViewer): string => ('userId' in viewer ? viewer.userId : viewer.keyId);
