import { type Actor, Scope } from '@lorebox/contract/actor';
import { Role } from '@lorebox/contract/user';
import { describe, expect, it } from 'vitest';
import { seesThreadOf } from './find-thread.ts';
import { requireNotNarrowed } from './require-not-narrowed.ts';
import { hasScope, isAdmin } from './require-scope.ts';
import { limitScopes, ROLE_SCOPES } from './role-scopes.ts';

type KeyActor = Extract<Actor, { kind: 'apiKey' }>;

function key(scopes: readonly Scope[], ownerRole: Role, more: Partial<KeyActor> = {}): KeyActor {
  const limited = limitScopes(scopes, ownerRole);
  const rest = { keyId: 'key', ownerId: 'owner', workspaceId: null, requestsPerMinute: null };
  return { kind: 'apiKey', ...rest, ownerRole, scopes: limited, ...more };
}

function codeOf(run: () => void): string {
  try {
    run();
    return 'OK';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a key', () => {
  it('has only those of its scopes that its owner has', () => {
    for (const role of Role.options) {
      const owner: Actor = { kind: 'user', userId: 'owner', role, sessionId: 's' };
      for (const scopes of [['*'], Scope.options, ...Scope.options.map((scope) => [scope])] as Scope[][])
        for (const scope of Scope.options) {
          const isNamed = scopes.includes('*') || scopes.includes(scope);
          expect(hasScope(key(scopes, role), scope), `${role} ${scopes} ${scope}`).toBe(
            isNamed && hasScope(owner, scope),
          );
        }
    }
  });

  it('counts as an admin only with all scopes and an unbound admin owner', () => {
    expect(isAdmin(key(['*'], 'admin'))).toBe(true);
    expect(isAdmin(key(['*'], 'manager'))).toBe(false);
    expect(isAdmin(key(['*'], 'admin', { workspaceId: 'ws' }))).toBe(false);
    expect(
      isAdmin(
        key(
          Scope.options.filter((scope) => scope !== '*'),
          'admin',
        ),
      ),
    ).toBe(false);
  });

  it('sees only what it created, not what its owner or another key created', () => {
    const threads = [
      { userId: 'owner', keyId: 'key' },
      { userId: 'owner', keyId: 'other' },
      { userId: 'owner', keyId: null },
      { userId: null, keyId: null },
    ];
    const seen = (actor: Actor) => threads.map((thread) => seesThreadOf(actor, thread));
    expect(seen(key(['*'], 'admin'))).toEqual([true, false, false, false]);
    expect(seen(key(['*'], 'admin', { ownerId: null }))).toEqual([true, false, false, true]);
    expect(seen({ kind: 'user', userId: 'owner', role: 'member', sessionId: 's' })).toEqual([true, true, true, false]);
    expect(seen({ kind: 'user', userId: 'boss', role: 'admin', sessionId: 's' })).toEqual([false, false, false, true]);
  });
});

describe('an open stream', () => {
  it('continues only with the same or more rights', () => {
    const before = key(['chat', 'documents:read'], 'admin');
    expect(codeOf(() => requireNotNarrowed(before, key(['*'], 'admin')))).toBe('OK');
    expect(codeOf(() => requireNotNarrowed(before, key(['chat', 'documents:read'], 'manager')))).toBe('FORBIDDEN');
    expect(codeOf(() => requireNotNarrowed(before, key(['chat'], 'admin')))).toBe('FORBIDDEN');
    expect(codeOf(() => requireNotNarrowed(key(['*'], 'admin'), key(Scope.options.slice(1), 'admin')))).toBe(
      'FORBIDDEN',
    );
    expect(codeOf(() => requireNotNarrowed(before, { ...before, workspaceId: 'ws' }))).toBe('NOT_FOUND');
    expect(codeOf(() => requireNotNarrowed(before, { ...before, keyId: 'other' }))).toBe('UNAUTHENTICATED');
  });

  it('grants each role the scopes of the previous one', () => {
    const sizes = (['member', 'manager'] as const).map((role) => ROLE_SCOPES[role].length);
    expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
    for (const scope of ROLE_SCOPES.member) expect(ROLE_SCOPES.manager).toContain(scope);
  });
});
