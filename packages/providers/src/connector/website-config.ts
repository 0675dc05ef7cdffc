import { z } from 'zod';
import { address, globs, list } from './fields.ts';

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
