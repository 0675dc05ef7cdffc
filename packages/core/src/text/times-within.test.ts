import { expect, it } from 'vitest';
import { joinTimes, timesWithin } from './times-within.ts';

const times = [
  [0, 1.5, 4],
  [50, 4, 9],
  [100, 12, 15],
] as const;

it('returns the times between two offsets', () => {
  expect(timesWithin(times, 0, 120)).toEqual({ startTime: 1.5, endTime: 15 });
  expect(timesWithin(times, 60, 80)).toEqual({ startTime: 4, endTime: 9 });
  expect(timesWithin(times, 100, 101)).toEqual({ startTime: 12, endTime: 15 });
  expect(timesWithin(times, 49, 51)).toEqual({ startTime: 1.5, endTime: 9 });
});

it('returns nulls if there is no speech', () => {
  expect(timesWithin(null, 0, 10)).toEqual({ startTime: null, endTime: null });
  expect(timesWithin([], 0, 10)).toEqual({ startTime: null, endTime: null });
  expect(joinTimes([{ times: null }, { times: null }])).toBeNull();
  expect(joinTimes([{ times: null }, { times }])).toEqual(times);
});
