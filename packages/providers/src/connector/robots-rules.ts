import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@lorebox/contract/errors';
import type { ConnectorContext } from '@lorebox/ports/connector';
import { parseRobots } from './parse-robots.ts';

const AGENT = 'Lorebox';
const MAX_DELAY_SECONDS = 30;
const MAX_BYTES = 512 * 1024;

interface HostRules {
  isAllowed(url: URL): boolean;
  sitemaps: string[];
  delayMs: number;
}

/**
 * Applies the robots.txt of each host (RFC 9309). It is read once per sync run, and a missing file allows everything.
 */
export class RobotsRules {
  private readonly context: Pick<ConnectorContext, 'host' | 'signal'>;
  private readonly isObeyed: boolean;
  private readonly byOrigin = new Map<string, Promise<HostRules>>();

  constructor(context: Pick<ConnectorContext, 'host' | 'signal'>, isObeyed: boolean) {
    this.context = context;
    this.isObeyed = isObeyed;
  }

  async isAllowed(url: URL): Promise<boolean> {
    return !this.isObeyed || (await this.rulesOf(url)).isAllowed(url);
  }

  async sitemapsOf(url: URL): Promise<string[]> {
    return (await this.rulesOf(url)).sitemaps;
  }

  /** Waits for the host's crawl delay, in addition to the request rate of the source. */
  async pause(url: URL): Promise<void> {
    if (!this.isObeyed) return;
    const { delayMs } = await this.rulesOf(url);
    if (delayMs > 0) await sleep(delayMs, undefined, { signal: this.context.signal });
  }

  private rulesOf(url: URL): Promise<HostRules> {
    const known = this.byOrigin.get(url.origin) ?? this.read(url.origin);
    this.byOrigin.set(url.origin, known);
    return known;
  }

  private async read(origin: string): Promise<HostRules> {
    const address = `${origin}/robots.txt`;
    const response = await this.context.host.fetch(address, { allow: [401, 403] });
    if (response.status !== 200) {
      await response.drop();
      if (response.status < 500) return { isAllowed: () => true, sitemaps: [], delayMs: 0 };
      throw new AppError('SOURCE_FAILED', `${address} responded with status ${response.status}.`);
    }
    const robots = parseRobots((await response.text()).slice(0, MAX_BYTES), AGENT);
    const delay = Math.min(MAX_DELAY_SECONDS, robots.crawlDelay ?? 0);
    return {
      isAllowed: robots.isAllowed,
      sitemaps: robots.sitemaps,
      delayMs: Math.max(0, delay * 1000),
    };
  }
}
