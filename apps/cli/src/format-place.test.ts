import { expect, it } from 'vitest';
import { formatPlace } from './format-place.ts';

it('shows page, time, or neither', () => {
  const place = { title: 'Talk', page: null, startTime: null, section: null };
  expect(formatPlace(place)).toBe('Talk');
  expect(formatPlace({ ...place, page: 3, section: 'Results' })).toBe('Talk, page 3, Results');
  expect(formatPlace({ ...place, startTime: 83.9 })).toBe('Talk, at 1:23');
  expect(formatPlace({ ...place, startTime: 3723 })).toBe('Talk, at 1:02:03');
  expect(formatPlace({ ...place, startTime: 0 })).toBe('Talk, at 0:00');
});

it('does not repeat a title that is also the first heading', () => {
  const place = { title: 'Errors', page: null, startTime: null };
  expect(formatPlace({ ...place, section: 'Errors' })).toBe('Errors');
  expect(formatPlace({ ...place, section: 'Errors > Codes' })).toBe('Errors, Codes');
  expect(formatPlace({ ...place, section: 'Errors and more' })).toBe('Errors, Errors and more');
});
