import { AppError } from '@lorebox/contract/errors';
import type { Connector } from '@lorebox/ports/connector';
import { WebCrawl } from './web-crawl.ts';
import { WebsiteConfig } from './website-config.ts';

/** Syncs pages and files of a website: start addresses, sitemaps, and links on the same host. */
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
