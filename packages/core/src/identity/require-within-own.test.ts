import { expect, it } from 'vitest';
import { findExcess } from './require-within-own.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const own = { workspaceId: 'ws', expiresAt: at(10), requestsPerMinute: 100 };

it('accepts the same or fewer rights', () => {
  expect(findExcess(own, own, null)).toBeNull();
  expect(findExcess(own, { ...own, expiresAt: at(9), requestsPerMinute: 1 }, null)).toBeNull();
  const free = { workspaceId: null, expiresAt: null, requestsPerMinute: null };
  expect(findExcess(free, own, null)).toBeNull();
});

it('detects another workspace, a later expiry and a higher limit', () => {
  for (const workspaceId of [null, 'other']) expect(findExcess(own, { ...own, workspaceId }, null)).toMatch(/bound/);
  for (const expiresAt of [null, at(11)])
    expect(findExcess(own, { ...own, expiresAt }, null)).toMatch(/must not expire later/);
  for (const requestsPerMinute of [null, 101])
    expect(findExcess(own, { ...own, requestsPerMinute }, null)).toMatch(/limited/);
});

it('uses the limit in the settings if a key has none', () => {
  expect(findExcess(own, { ...own, requestsPerMinute: null }, 100)).toBeNull();
  expect(findExcess(own, { ...own, requestsPerMinute: null }, 101)).toMatch(/limited/);
});
