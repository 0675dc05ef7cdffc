import { expect, it } from 'vitest';
import { estimateSeconds, formatBytes, formatTimeLeft } from './progress.ts';

it('estimates the remaining time from the rate so far', () => {
  expect(estimateSeconds(0, 100, 10_000)).toBeNull();
  expect(estimateSeconds(10, 100, 500)).toBeNull();
  expect(estimateSeconds(25, 100, 10_000)).toBe(30);
  expect(estimateSeconds(100, 100, 10_000)).toBe(0);
});

it('formats the time in a suitable unit', () => {
  expect([null, 1, 89, 120, 7200].map(formatTimeLeft)).toEqual(['', '1 s left', '89 s left', '2 min left', '2 h left']);
  expect([0, 999, 1500, 123_456_789].map(formatBytes)).toEqual(['0 B', '999 B', '1.5 kB', '123 MB']);
});
