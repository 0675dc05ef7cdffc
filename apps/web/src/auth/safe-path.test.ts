import { expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

it.each([
  [undefined, '/'],
  ['/w/demo?doc=1#x', '/w/demo?doc=1#x'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/evil.example', '/'],
  ['/\n/evil.example', '/'],
])('opens only paths of the app: %j', (given, expected) => {
  expect(safePath(given)).toBe(expected);
});
