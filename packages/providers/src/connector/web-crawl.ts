import { AppError, isAppError } from '@lorebox/contract/errors';
import type { SourceItem, SourceResponse, SyncContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { readPageHead, toLink } from './page-links.ts';
import { createPathFilter } from './path-filter.ts';
import { readSitemaps } from './read-sitemaps.ts';
import { RobotsRules } from './robots-rules.ts';
import { sha256 } from './sha256.ts';
import { collect, isDocument, NO_DOCUMENT_NAME, nameOf, validatorsOf } from './web-page.ts';
import type { WebsiteConfig } from './website-config.ts';

/** Stored state of a page: validators for conditional requests, and its links. */
const PageState = z
  .object({ etag: z.string().nullable(), modified: z.string().nullable(), links: z.array(z.string()) })
  .nullable()
  .catch(null);
type PageState = z.infer<typeof PageState>;

/** Longer pages are read up to here for links and text. */
const MAX_READ_BYTES = 4 * 1024 * 1024;
const MAX_LINKS = 400;
const HTML = /^(text\/html|application\/xhtml\+xml)/;

interface Stop {
  url: URL;
  depth: number;
  /** A start address from the settings. If it fails, the sync run fails. */
  isStart: boolean;
}

/** A breadth-first crawl. The sync run is a full one if every page could be requested and none was postponed. */
export class WebCrawl {
  private readonly context: SyncContext;
  private readonly config: WebsiteConfig;
  private readonly robots: RobotsRules;
  private readonly hosts: Set<string>;
  private readonly isWanted: (path: string) => boolean;
  private readonly queue: Stop[] = [];
  private readonly met = new Set<string>();
  /** Pages that other pages named as canonical. */
  private readonly proper = new Set<string>();
  private isWhole = true;

  constructor(context: SyncContext, config: WebsiteConfig) {
    this.context = context;
    this.config = config;
    this.robots = new RobotsRules(context, config.robots);
    this.hosts = new Set([...config.urls.map((url) => new URL(url).host), ...config.hosts]);
    const isWanted = createPathFilter(config.include, config.exclude);
    this.isWanted = (pathname) => isWanted(pathname.slice(1));
  }

  async *run(): AsyncGenerator<SourceItem> {
    await this.begin();
    let asked = 0;
    for (let stop = this.queue.shift(); stop; stop = this.queue.shift()) {
      if (asked >= this.config.maxPages) {
        this.context.log.info({ maxPages: asked }, 'crawl page limit reached, remaining documents kept');
        yield { kind: 'cursor', cursor: 'done' };
        return;
      }
      if (!(await this.robots.isAllowed(stop.url))) continue;
      await this.robots.pause(stop.url);
      asked += 1;
      yield* this.visit(stop);
    }
    if (this.isWhole) yield { kind: 'full' };
    yield { kind: 'cursor', cursor: 'done' };
  }

  private async begin(): Promise<void> {
    const starts = this.config.urls.map((url) => new URL(toLink(url, new URL(url)) ?? url));
    for (const url of starts) this.meet(url.href, 0, true);
    if (!this.config.sitemaps) return;
    // One more than the limit, to detect that some are left.
    const limit = this.config.maxPages + 1;
    for (const origin of new Set(starts.map((url) => url.origin))) {
      const named = await this.robots.sitemapsOf(new URL(origin));
      const known = [...named, `${origin}/sitemap.xml`].filter((url) => URL.canParse(url) && this.isOurs(new URL(url)));
      for (const page of await readSitemaps(this.context, known, limit)) this.meet(page, 0);
    }
  }

  private isOurs({ protocol, host }: URL): boolean {
    return this.hosts.has(host) && (protocol === 'http:' || protocol === 'https:');
  }

  /** Queues a page. Start addresses are requested even if they are excluded, because their links are needed. */
  private meet(link: string, depth: number, isStart = false): void {
    const url = new URL(link);
    if (this.met.has(url.href) || !this.isOurs(url)) return;
    if (!isStart && (NO_DOCUMENT_NAME.test(url.pathname) || !this.isWanted(url.pathname))) return;
    this.met.add(url.href);
    this.queue.push({ url, depth, isStart });
  }

  private async *visit(stop: Stop): AsyncGenerator<SourceItem> {
    const id = stop.url.href;
    const known = await this.context.known(id);
    const state = PageState.parse(known?.state ?? null);
    try {
      const response = await this.ask(stop.url, state);
      yield* this.receive(stop, response, state, known !== null);
    } catch (error) {
      const isItsOwn = isAppError(error) && ['SOURCE_FAILED', 'URL_REFUSED'].includes(error.code);
      if (!isItsOwn || stop.isStart) throw error;
      // The pages that it linked to are assumed to exist still.
      if (state) this.follow(state.links, stop.depth);
      else this.isWhole = false;
      yield { kind: 'failed', externalId: id, message: error.message };
    }
  }

  private ask(url: URL, state: PageState): Promise<SourceResponse> {
    // Changed settings select other links, so every page is read again.
    const isFresh = state !== null && this.context.cursor !== null && !this.config.javascript;
    const headers = {
      accept: 'text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5',
      'if-none-match': (isFresh && state.etag) || undefined,
      'if-modified-since': (isFresh && state.etag === null && state.modified) || undefined,
    };
    return this.context.host.fetch(url, { headers, allow: [401, 403] });
  }

  private async *receive(
    stop: Stop,
    response: SourceResponse,
    state: PageState,
    isKnown: boolean,
  ): AsyncGenerator<SourceItem> {
    const { status, url } = response;
    if (status === 304) {
      await response.drop();
      this.follow(state?.links ?? [], stop.depth);
      yield { kind: 'seen', externalId: stop.url.href };
      return;
    }
    if (status !== 200) {
      await response.drop();
      if (stop.isStart) throw new AppError('SOURCE_REFUSED', `${stop.url.href} responded with status ${status}.`);
      if (status === 404 || status === 410) {
        if (isKnown) yield { kind: 'delete', externalId: stop.url.href };
      } else
        yield { kind: 'failed', externalId: stop.url.href, message: `The server responded with status ${status}.` };
      return;
    }
    const arrived = toLink(url.href, url) ?? url.href;
    if (arrived !== stop.url.href) {
      // Redirected: use the target if it is in scope and not yet visited.
      if (stop.isStart) this.hosts.add(url.host);
      if (!this.isOurs(url) || this.met.has(arrived)) return response.drop();
      this.met.add(arrived);
    }
    const type = response.header('content-type')?.toLowerCase() ?? '';
    if (HTML.test(type)) yield* this.readPage({ ...stop, url: new URL(arrived) }, response);
    else if (isDocument(type, url.pathname) && this.isWanted(url.pathname))
      yield* this.readFile(arrived, response, type);
    else await response.drop();
  }

  private async *readPage(stop: Stop, response: SourceResponse): AsyncGenerator<SourceItem> {
    const { url } = stop;
    const bytes = this.config.javascript ? await this.render(url, response) : await collect(response.body);
    if (bytes === null) {
      this.isWhole = false;
      yield { kind: 'failed', externalId: url.href, message: 'The page is too large.' };
      return;
    }
    const head = readPageHead(bytes.toString('utf8', 0, MAX_READ_BYTES), url);
    const links = head.noFollow ? [] : head.links;
    this.follow(links, stop.depth);
    if (head.canonical !== null && head.canonical !== url.href && !this.proper.has(url.href)) {
      // The same page at its canonical URL.
      this.meet(head.canonical, stop.depth);
      this.proper.add(head.canonical);
      if (this.met.has(head.canonical)) return;
    }
    if (head.noIndex || !this.isWanted(url.pathname)) return;
    const ours = links.filter((link) => this.isOurs(new URL(link)));
    // A page with too many links to store is always read in full.
    const isNoted = ours.length <= MAX_LINKS && JSON.stringify(ours).length < 60_000;
    const validators = isNoted ? validatorsOf(response) : { etag: null, modified: null };
    yield {
      kind: 'upsert',
      externalId: url.href,
      version: sha256(bytes.length > MAX_READ_BYTES ? bytes : head.text),
      filename: nameOf(url, '.html'),
      contentType: this.config.javascript ? 'text/html; charset=utf-8' : (response.header('content-type') ?? undefined),
      url: url.href,
      size: bytes.byteLength,
      metadata: { path: url.pathname, modified: response.header('last-modified') },
      state: { ...validators, links: isNoted ? ours : [] },
      async *open() {
        yield bytes;
      },
    };
  }

  private async render(url: URL, response: SourceResponse): Promise<Buffer | null> {
    await response.drop();
    return Buffer.from(await this.context.host.render(url.href, this.context.signal));
  }

  private async *readFile(id: string, response: SourceResponse, type: string): AsyncGenerator<SourceItem> {
    const url = new URL(id);
    const { etag, modified } = validatorsOf(response);
    const size = Number(response.header('content-length') ?? Number.NaN);
    yield {
      kind: 'upsert',
      externalId: id,
      // Without a validator, the page is fetched every time and compared by its bytes.
      version: etag ?? modified ?? `${this.context.clock.now()}`,
      filename: nameOf(url, ''),
      contentType: type || undefined,
      url: id,
      size: Number.isFinite(size) ? size : undefined,
      metadata: { path: url.pathname, modified },
      state: { etag, modified, links: [] },
      open: () => response.body,
    };
    await response.drop();
  }

  private follow(links: readonly string[], depth: number): void {
    if (depth >= this.config.depth) return;
    for (const link of links) this.meet(link, depth + 1);
  }
}
