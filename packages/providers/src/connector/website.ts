import { AppError } from '@lorebox/contract/errors';
import type { Connector } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, globs, list } from './fields.ts';
import { WebCrawl } from './web-crawl.ts';

export const WebsiteConfig = z.strictObject({
  urls: z.array(address('An address')).min(1).max(100).meta({ description: 'Where the crawl begins.' }),
  depth: z
    .number()
    .int()
    .min(0)
    .max(20)
    .default(2)
    .meta({ description: 'Links that are followed from there; 0: none.' }),
  sitemaps: z
    .boolean()
    .default(true)
    .meta({ description: 'Take the pages of /sitemap.xml and of robots.txt as well.' }),
  include: globs('Globs of paths that are taken, such as /docs/**; none: the whole host.'),
  exclude: globs('Globs of paths that are left out, such as /blog/**.'),
  hosts: list('Other hosts that links may lead to, such as docs.example.com.'),
  maxPages: z.number().int().min(1).max(100_000).default(500).meta({ description: 'Pages that one pass asks for.' }),
  robots: z.boolean().default(true).meta({ description: 'Do as robots.txt asks. Off for sites of your own alone.' }),
  javascript: z
    .boolean()
    .default(false)
    .meta({ description: 'Run the scripts of pages first; needs LOREBOX_CHROMIUM, and is slow.' }),
});
export type WebsiteConfig = z.infer<typeof WebsiteConfig>;

/** Pages and files of a website: start addresses, sitemaps, and links on the same host. */
export const website: Connector = {
  id: 'website',
  label: 'Website',
  description: 'Pages and linked files of a website, by sitemap and by links, as robots.txt allows.',
  reads: 'network',
  configSchema: WebsiteConfig,
  requestsPerSecond: 2,
  async check(context) {
    const { urls, javascript } = WebsiteConfig.parse(context.config);
    const [first = ''] = urls;
    const response = await context.host.fetch(first);
    await response.drop();
    if (response.status >= 400) {
      throw new AppError('SOURCE_REFUSED', `${first} answered with status ${response.status}. Is the address right?`);
    }
    if (javascript) await context.host.render(first, context.signal);
  },
  sync: (context) => new WebCrawl(context, WebsiteConfig.parse(context.config)).run(),
};
