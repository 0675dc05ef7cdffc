import { expect, it } from 'vitest';
import { Ceilings } from './ceilings.ts';

it('rejects work above the limit, and releases a slot only once', () => {
  const ceilings = new Ceilings();
  const enter = (name: string) => ceilings.enter(name, 2, 'open streams');
  const leave = enter('user a');
  enter('user a');
  expect(() => enter('user a')).toThrow(
    expect.objectContaining({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('2 open streams'),
      retryAfter: 2,
    }),
  );
  enter('user b');
  leave();
  leave();
  enter('user a');
  expect(() => enter('user a')).toThrow();
});
