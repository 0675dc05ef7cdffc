import type { Actor } from '@lorebox/contract/actor';

export function keyCreatorOf(actor: Actor): string | null {
  if (actor.kind === 'system' || actor.kind === 'embed') return null;
  return actor.kind === 'user' ? `user:${actor.userId}` : `key:${actor.keyId}`;
}
