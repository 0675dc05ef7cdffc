import { describe, expect, it } from 'vitest';
import { parseRobots } from './parse-robots.ts';

const isAllowed = (robots: string, path: string) =>
  parseRobots(robots, 'Lorebox').isAllowed(new URL(path, 'https://example.org'));

describe('parseRobots', () => {
  it.each([
    ['User-agent: *\nDisallow: /a', '/a/b', false],
    ['User-agent: *\nDisallow: /a', '/b', true],
    ['User-agent: *\nDisallow: /\nAllow: /docs', '/docs/x', true],
    ['User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
    ['User-agent: *\nDisallow: /a$', '/a', false],
    ['User-agent: *\nDisallow: /a$', '/ab', true],
    ['User-agent: *\nDisallow: /a*b*c', '/axxbxxc', false],
    ['User-agent: *\nDisallow: /\n\nUser-agent: lorebox/1.0\nDisallow: /x', '/y', true],
    ['User-agent: a\nUser-agent: Lorebox\nDisallow: /x', '/x', false],
    ['User-agent: other\nDisallow: /', '/x', true],
    ['# nothing\nUser-agent: * # all\nDisallow: # none', '/x', true],
    ['User-agent: *\nDisallow: /ä', '/%c3%a4', false],
    ['User-agent: *\nDisallow: /\ud800', '/x', true],
    ['', '/x', true],
  ])('%j on %s: %s', (robots, path, expected) => {
    expect(isAllowed(robots, path)).toBe(expected);
  });

  it('parses delays and sitemaps', () => {
    const robots = parseRobots('Sitemap: https://a/s.xml\nUser-agent: *\nCrawl-delay: 2\n', 'Lorebox');
    expect([robots.crawlDelay, robots.sitemaps]).toEqual([2, ['https://a/s.xml']]);
  });

  it('handles any file in linear time', () => {
    const files = [
      'User-agent: *\n'.repeat(30_000) + 'Disallow: /a\n'.repeat(10_000),
      `User-agent: *\nDisallow: /${'*a'.repeat(200_000)}`,
      `User-agent: *\n${`Disallow: /${'*a'.repeat(240)}b\n`.repeat(1000)}`,
    ];
    for (const file of files) expect(isAllowed(file, `/${'a'.repeat(4000)}`)).toBe(!file.includes('/a\n'));
  });
});
