import type { Actor, Origin } from '@lorebox/contract/actor';
import type { AuditAction, AuditEntry } from '@lorebox/contract/audit';
import { createId } from '@lorebox/contract/create-id';
import type { Core } from '../core.ts';

type About = Partial<Pick<AuditEntry, 'target' | 'workspaceId' | 'details'>>;

/** An audit log entry for an action of this actor. */
export function entryOf(core: Pick<Core, 'clock'>, actor: Actor, action: AuditAction, about: About = {}): AuditEntry {
  return entryBy(core, nameOf(actor), actor.kind === 'system' ? undefined : actor.origin, action, about);
}

/** The same for callers that are not authenticated yet. */
export function entryBy(
  core: Pick<Core, 'clock'>,
  actor: string,
  origin: Origin | undefined,
  action: AuditAction,
  { target = null, workspaceId = null, details = {} }: About = {},
): AuditEntry {
  const { address = null, requestId = null } = origin ?? {};
  const at = new Date(core.clock.now());
  return { id: createId('aud'), at, action, actor, target, workspaceId, address, requestId, details };
}

export function nameOf(actor: Actor): string {
  if (actor.kind === 'system') return 'system';
  if (actor.kind === 'embed') return `widget:${actor.widgetId}`;
  return actor.kind === 'user' ? `user:${actor.userId}` : `key:${actor.keyId}`;
}
