import { expect, it } from 'vitest';
import { isAllowedHost } from './host-allow-list.ts';

const on = (allow: string[], url: string) => isAllowedHost(allow, new URL(url));

it('allows the default ports of a host, a given port, or all ports', () => {
  for (const url of ['http://wiki.lan/', 'https://wiki.lan/', 'http://WIKI.lan:443/'])
    expect(on(['wiki.lan'], url)).toBe(true);
  expect(on(['wiki.lan'], 'http://wiki.lan:8080/')).toBe(false);
  expect(on(['wiki.lan:8080'], 'http://wiki.lan:8080/')).toBe(true);
  expect(on(['wiki.lan:8080'], 'http://wiki.lan/')).toBe(false);
  expect(on(['wiki.lan:*'], 'http://wiki.lan:1/')).toBe(true);
  expect(on(['other.lan:*', 'evil.wiki.lan'], 'http://wiki.lan/')).toBe(false);
});

it('matches IPv6 with and without a port', () => {
  expect(on(['::1'], 'http://[::1]/')).toBe(true);
  expect(on(['::1'], 'http://[::1]:81/')).toBe(false);
  expect(on(['[::1]:81'], 'http://[::1]:81/')).toBe(true);
  expect(on(['[::1]'], 'http://[::1]/')).toBe(true);
});
