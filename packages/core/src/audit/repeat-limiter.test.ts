import type { AuditEntry } from '@lorebox/contract/audit';
import { expect, it } from 'vitest';
import { RepeatLimiter } from './repeat-limiter.ts';

const refusal = (actor: string, procedure: string): AuditEntry => ({
  id: 'aud',
  at: new Date(0),
  action: 'access.refused',
  actor,
  target: null,
  workspaceId: null,
  address: null,
  requestId: null,
  details: { procedure },
});

it('allows the same refusal once a minute, and others at any time', () => {
  const limiter = new RepeatLimiter();
  expect(limiter.isNew(refusal('user:a', 'users.list'), 0)).toBe(true);
  expect(limiter.isNew(refusal('user:a', 'users.list'), 59_000)).toBe(false);
  expect(limiter.isNew(refusal('user:b', 'users.list'), 59_000)).toBe(true);
  expect(limiter.isNew(refusal('user:a', 'users.create'), 59_000)).toBe(true);
  expect(limiter.isNew(refusal('user:a', 'users.list'), 60_000)).toBe(true);
});
