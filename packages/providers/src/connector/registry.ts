import type { Connector, ConnectorRegistry } from '@lorebox/ports/connector';

/** Every connector, loaded when it is first asked for. A new one: a file beside this, and a line here. */
const CONNECTORS: Record<string, () => Promise<Connector>> = {
  folder: async () => (await import('./folder.ts')).folder,
  rss: async () => (await import('./rss.ts')).rss,
  website: async () => (await import('./website.ts')).website,
};

export const connectors: ConnectorRegistry = {
  async list() {
    const loaded = await Promise.all(Object.values(CONNECTORS).map((load) => load()));
    return loaded.sort((a, b) => a.label.localeCompare(b.label));
  },
  async find(id) {
    return Object.hasOwn(CONNECTORS, id) ? ((await CONNECTORS[id]?.()) ?? null) : null;
  },
};
