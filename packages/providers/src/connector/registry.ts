import type { Connector, ConnectorRegistry } from '@lorebox/ports/connector';

/** All connectors, loaded on first use. To add one, add a file in this folder and a line here. */
const CONNECTORS: Record<string, () => Promise<Connector>> = {
  confluence: async () => (await import('./confluence.ts')).confluence,
  folder: async () => (await import('./folder.ts')).folder,
  gitea: async () => (await import('./gitea.ts')).gitea,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  'google-drive': async () => (await import('./google-drive.ts')).googleDrive,
  imap: async () => (await import('./imap.ts')).imap,
  notion: async () => (await import('./notion.ts')).notion,
  obsidian: async () => (await import('./obsidian.ts')).obsidian,
  paperless: async () => (await import('./paperless.ts')).paperless,
  rss: async () => (await import('./rss.ts')).rss,
  s3: async () => (await import('./s3.ts')).s3,
  website: async () => (await import('./website.ts')).website,
  youtube: async () => (await import('./youtube.ts')).youtube,
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
