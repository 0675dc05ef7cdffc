import type { Connector, ConnectorContext, ConnectorRegistry } from '@lorebox/ports/connector';
import type { Clock, Log } from '@lorebox/ports/runtime';
import type { SourceStore, StoredSource } from '@lorebox/ports/source-stores';

interface WatchDeps {
  sources: SourceStore;
  connectors: ConnectorRegistry;
  clock: Clock;
  log: Log;
}

type OpenContext = (about: {
  source: StoredSource;
  connector: Connector;
  signal: AbortSignal;
}) => Promise<ConnectorContext>;

const REFRESH_MS = 5000;
/** Editors write a file several times in quick succession. */
const SETTLE_MS = 1500;

/** Watches local folders, so that changes are synced immediately instead of on schedule. */
export class SourceWatchers {
  private readonly deps: WatchDeps;
  private readonly open: OpenContext;
  private readonly runner: { wake(): void };
  private readonly watched = new Map<string, { version: number; stop(): void }>();
  private refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: WatchDeps, open: OpenContext, runner: { wake(): void }) {
    this.deps = deps;
    this.open = open;
    this.runner = runner;
  }

  async refresh(): Promise<void> {
    const { connectors, sources, clock } = this.deps;
    if (clock.now() - this.refreshedAt < REFRESH_MS) return;
    this.refreshedAt = clock.now();
    const enabledIds = new Set<string>();
    for (const source of await sources.enabled()) {
      const connector = await connectors.find(source.connector);
      if (!connector?.watch) continue;
      enabledIds.add(source.id);
      await this.watch(source, connector);
    }
    for (const [id, { stop }] of this.watched) {
      if (enabledIds.has(id)) continue;
      stop();
      this.watched.delete(id);
    }
  }

  stop(): void {
    for (const { stop } of this.watched.values()) stop();
    this.watched.clear();
  }

  private async watch(source: StoredSource, connector: Connector): Promise<void> {
    const version = source.updatedAt.getTime();
    const known = this.watched.get(source.id);
    if (known?.version === version) return;
    known?.stop();
    const left = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let unwatch = () => {};
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.queue(source.id), SETTLE_MS);
    };
    try {
      const context = await this.open({ source, connector, signal: left.signal });
      unwatch = connector.watch?.(context, changed) ?? unwatch;
    } catch (err) {
      // The next sync run reports the same error to the user.
      this.deps.log.debug({ err, source: source.id }, 'folder watch failed');
    }
    const stop = () => {
      clearTimeout(timer);
      left.abort();
      unwatch();
    };
    this.watched.set(source.id, { version, stop });
  }

  private async queue(id: string): Promise<void> {
    const { sources, clock, log } = this.deps;
    try {
      await sources.queue(id, new Date(clock.now()), false);
      this.runner.wake();
    } catch (err) {
      log.warn({ err, source: id }, 'folder change not recorded');
    }
  }
}
