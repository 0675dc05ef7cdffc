import { expect, it } from 'vitest';
import { matchesOrigin } from './matches-origin.ts';

it.each([
  [['https://example.com'], 'https://example.com', true],
  [['https://example.com'], 'http://example.com', false],
  [['https://example.com'], 'https://example.com:8443', false],
  [['https://example.com:443'], 'https://example.com', true],
  [['https://example.com'], 'https://www.example.com', false],
  [['https://example.com'], 'https://example.com.evil.test', false],
  [['https://*.example.com'], 'https://www.example.com', true],
  [['https://*.example.com'], 'https://a.b.example.com', true],
  [['https://*.example.com'], 'https://example.com', false],
  [['https://*.example.com'], 'https://evilexample.com', false],
  [['https://*.example.com'], 'http://www.example.com', false],
  [['https://*.example.com:8443'], 'https://www.example.com:8443', true],
  [['https://*.example.com'], 'https://www.example.com:8443', false],
  [['https://münchen.example'], 'https://xn--mnchen-3ya.example', true],
  [['https://example.com'], 'null', false],
  [['https://example.com'], '', false],
  [['https://example.com'], 'https://example.com/path', false],
  [['https://example.com'], 'https://user@example.com', false],
  [[], 'https://example.com', false],
])('%j and %s: %s', (allowed, origin, isAllowed) => {
  expect(matchesOrigin(allowed, origin)).toBe(isAllowed);
});
