import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '../core.ts';
import { entryOf } from './audit-entry.ts';
import { recordOnce } from './record-once.ts';

/** Records a call that was rejected for lack of permissions. An error while recording is only logged. */
export async function recordRefusal(core: Core, actor: Actor, procedure: string): Promise<void> {
  const entry = entryOf(core, actor, 'access.refused', { details: { procedure } });
  await recordOnce(core, entry).catch((err) =>
    core.log.error({ err, procedure }, 'audit entry of a denied request not recorded'),
  );
}
