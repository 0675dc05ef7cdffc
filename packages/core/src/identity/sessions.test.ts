import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFirstAdmin } from './create-first-admin.ts';
import { issueSetupToken } from './issue-setup-token.ts';
import { listSessions } from './list-sessions.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { resolveActor } from './resolve-actor.ts';
import { revokeSession } from './revoke-session.ts';
import { setUp } from './set-up.ts';

const ORIGIN = { address: '127.0.0.1', requestId: 'req_1' };
const CREDENTIALS = { username: 'admin', password: "admin's password" };
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

async function signIn() {
  const { sessionToken } = await login(test.core, CREDENTIALS, ORIGIN);
  return { sessionToken, actor: await resolveActor(test.core, sessionToken) };
}

describe('login', () => {
  it('starts a session, and records it', async () => {
    const signedIn = await login(test.core, CREDENTIALS, ORIGIN);
    expect(signedIn).toMatchObject({ user: { username: 'admin', role: 'admin' } });
    expect(JSON.stringify(signedIn)).not.toContain('hash of');
    expect(await test.lastAudit()).toMatchObject({ action: 'login.succeeded', actor: 'user:usr_admin', ...ORIGIN });
  });

  it('gives the same error for an unknown name, a wrong password and a suspended user', async () => {
    const { userId } = await test.addUser('ada');
    await test.stores.users.update(userId, { suspended: true }, { endSessions: false, revokeKeys: false });
    for (const [username, target] of [
      ['nobody', null],
      ['admin', 'user:usr_admin'],
      ['ada', `user:${userId}`],
    ] as const) {
      const password = username === 'ada' ? "ada's password" : 'wrong';
      const attempt = login(test.core, { username, password }, ORIGIN);
      await expect(attempt).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
      // The name may be a mistyped password.
      expect(await test.lastAudit()).toMatchObject({ action: 'login.failed', actor: 'anonymous', target, details: {} });
    }
  });
});

describe('sessions', () => {
  it('are listed for their user, and ended one at a time', async () => {
    const first = await signIn();
    test.clock.advance(1000);
    const second = await signIn();
    const sessions = await listSessions(test.core, second.actor);
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    await revokeSession(test.core, second.actor, sessions[1]?.id ?? '');
    await expect(resolveActor(test.core, first.sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await test.lastAudit()).toMatchObject({ action: 'session.ended' });
    const again = revokeSession(test.core, second.actor, sessions[1]?.id ?? '');
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of others cannot be ended', async () => {
    const { actor } = await signIn();
    const [session] = await listSessions(test.core, actor);
    const other = await test.addUser('other', 'admin');
    await expect(revokeSession(test.core, other, session?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are not for API keys', async () => {
    const key = test.keyActor(['*']);
    for (const call of [
      () => listSessions(test.core, key),
      () => revokeSession(test.core, key, 'id'),
      () => logout(test.core, key, false),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('logout', () => {
  it('ends the session of the caller', async () => {
    const [first, second] = [await signIn(), await signIn()];
    await logout(test.core, first.actor, false);
    await expect(resolveActor(test.core, first.sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await resolveActor(test.core, second.sessionToken);
  });

  it('ends all sessions of the caller', async () => {
    const [first, second] = [await signIn(), await signIn()];
    await logout(test.core, first.actor, true);
    await expect(resolveActor(test.core, second.sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await test.lastAudit()).toMatchObject({ action: 'session.ended', details: { everywhere: true } });
  });
});

describe('the first admin', () => {
  const input = { username: 'first', password: 'a sound phrase' };
  const removeAdmin = () => test.connection.raw.prepare('delete from users').run();

  it('is created with the setup token, once', async () => {
    removeAdmin();
    const token = (await issueSetupToken(test.core)) ?? '';
    const wrong = setUp(test.core, { ...input, token: 'wrong' }, ORIGIN);
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await setUp(test.core, { ...input, token }, ORIGIN)).toMatchObject({ user: { role: 'admin' } });
    const entry = { action: 'setup.completed', actor: 'anonymous', address: ORIGIN.address };
    expect(await test.lastAudit()).toMatchObject(entry);
    expect(await issueSetupToken(test.core)).toBeNull();
    await expect(setUp(test.core, { ...input, token }, ORIGIN)).rejects.toMatchObject({ code: 'ALREADY_SET_UP' });
  });

  it('is created once by two callers with the token', async () => {
    removeAdmin();
    const token = (await issueSetupToken(test.core)) ?? '';
    const outcomes = await Promise.allSettled(
      ['first', 'second'].map((username) => setUp(test.core, { ...input, username, token }, ORIGIN)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await test.stores.users.count()).toBe(1);
  });

  it('replaces an older token, and rejects a common password', async () => {
    removeAdmin();
    const old = (await issueSetupToken(test.core)) ?? '';
    const token = (await issueSetupToken(test.core)) ?? '';
    const outdated = setUp(test.core, { ...input, token: old }, ORIGIN);
    await expect(outdated).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    const weak = setUp(test.core, { username: 'first', password: 'password123', token }, ORIGIN);
    await expect(weak).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is created from the environment only on an empty database', async () => {
    expect(await createFirstAdmin(test.core, input)).toBeNull();
    removeAdmin();
    const id = await createFirstAdmin(test.core, input);
    expect(id).not.toBeNull();
    expect(await test.lastAudit()).toMatchObject({ action: 'setup.completed', actor: 'system', target: `user:${id}` });
  });
});
