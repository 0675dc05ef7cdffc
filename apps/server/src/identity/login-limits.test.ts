import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginLimits } from './login-limits.ts';

let limits: LoginLimits;
beforeEach(() => {
  vi.useFakeTimers();
  limits = new LoginLimits();
});
afterEach(() => vi.useRealTimers());

/** How many of `tries` were let through. */
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
  it('has ten tries for an account, and thirty in all', () => {
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

  it("keeps nobody else out: neither the account's owner, nor anybody by using up what all share", () => {
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

  it('with many addresses keeps out only addresses from which nobody has ever signed in', () => {
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

it('a login that worked gives the tries back, and so does time', () => {
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
