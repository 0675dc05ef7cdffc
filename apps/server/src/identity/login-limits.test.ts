import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginLimits } from './login-limits.ts';

let limits: LoginLimits;
beforeEach(() => {
  vi.useFakeTimers();
  limits = new LoginLimits();
});
afterEach(() => vi.useRealTimers());

/** Returns how many of `tries` were allowed. */
function granted(tries: number, address: (i: number) => string, account: (i: number) => string): number {
  let count = 0;
  for (let i = 0; i < tries; i += 1) {
    try {
      limits.login(address(i), account(i));
      count += 1;
    } catch (error) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    }
  }
  return count;
}

describe('a stranger', () => {
  it('has ten attempts per account and thirty in total', () => {
    expect(
      granted(
        15,
        () => 'stranger',
        () => 'root',
      ),
    ).toBe(10);
    expect(
      granted(
        50,
        () => 'stranger',
        (i) => `user${i}`,
      ),
    ).toBe(15);
  });

  it("cannot lock out an account's owner, or other users by using up a shared limit", () => {
    granted(
      1000,
      () => 'stranger',
      (i) => (i % 2 ? 'root' : `user${i}`),
    );
    expect(
      granted(
        10,
        () => 'owner',
        () => 'root',
      ),
    ).toBe(10);
    expect(
      granted(
        1,
        () => 'somebody',
        () => 'setup',
      ),
    ).toBe(1);
  });

  it('with many addresses locks out only addresses that have never signed in', () => {
    limits.login('home', 'root');
    limits.succeeded('home', 'root');
    expect(
      granted(
        1000,
        (i) => `bot${i}`,
        () => 'root',
      ),
    ).toBe(299);
    expect(
      granted(
        1,
        () => 'home',
        () => 'root',
      ),
    ).toBe(1);
  });
});

it('a successful login restores the attempts, and so does time', () => {
  for (let i = 0; i < 50; i += 1) {
    limits.login('home', 'Root');
    limits.succeeded('home', 'root');
  }
  expect(
    granted(
      20,
      () => 'home',
      () => 'root',
    ),
  ).toBe(10);
  vi.advanceTimersByTime(6000);
  expect(
    granted(
      20,
      () => 'home',
      () => 'root',
    ),
  ).toBe(1);
});
