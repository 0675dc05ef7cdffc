import { AppError } from '@lorebox/contract/errors';
import type { Connector } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, globs, list } from './fields.ts';
import { WebCrawl } from './web-crawl.ts';

export const WebsiteConfig = z.strictObject({
  urls: z
    .array(address('Enter at least one URL'))
    .min(1)
    .max(100)
    .meta({ description: 'URLs where the crawl starts.' }),
  depth: z
    .number()
    .int()
    .min(0)
    .max(20)
    .default(2)
    .meta({ description: 'Link depth to crawl from the start pages. 0 crawls only the start pages.' }),
  sitemaps: z
    .boolean()
    .default(true)
    .meta({ description: 'Also crawl the pages listed in /sitemap.xml and robots.txt.' }),
  include: globs('Globs of paths to include, such as /docs/**. Empty: the whole host.'),
  exclude: globs('Globs of paths to exclude, such as /blog/**.'),
  hosts: list('Other hosts to crawl, such as docs.example.com.'),
  maxPages: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .meta({ description: 'Maximum number of pages per sync run.' }),
  robots: z.boolean().default(true).meta({ description: 'Follow robots.txt. Turn this off only for your own sites.' }),
  javascript: z
    .boolean()
    .default(false)
    .meta({ description: 'Run the scripts of pages before reading them. Requires LOREBOX_CHROMIUM and is slow.' }),
});
export type WebsiteConfig = z.infer<typeof WebsiteConfig>;

/** Pages and files of a website: start addresses, sitemaps, and links on the same host. */
export const website: Connector = {
  id: 'website',
  label: 'Website',
  description: 'Pages and linked files of a website, found through sitemaps and links. Respects robots.txt.',
  reads: 'network',
  configSchema: WebsiteConfig,
  requestsPerSecond: 2,
  async check(context) {
    const { urls, javascript } = WebsiteConfig.parse(context.config);
    const [first = ''] = urls;
    const response = await context.host.fetch(first);
    await response.drop();
    if (response.status >= 400) {
      throw new AppError('SOURCE_REFUSED', `${first} responded with status ${response.status}. Check the URL.`);
    }
    if (javascript) await context.host.render(first, context.signal);
  },
  sync: (context) => new WebCrawl(context, WebsiteConfig.parse(context.config)).run(),
};
