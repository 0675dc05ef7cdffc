import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import type { ConfigValue } from '@lorebox/contract/source';
import { Lorebox, type SourceConfig } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from './code-of.ts';

/** The secrets of a source are sent only to the address that they were set for. */
const SECRET = 'planted-secret-of-an-admin';
/** An address that refuses connections. */
const NOWHERE = 'http://127.0.0.1:9';
/** Other required settings of each connector that has secrets. */
const CONFIGS: Record<string, SourceConfig> = {
  confluence: { url: NOWHERE },
  gitea: { url: NOWHERE, repository: 'a/b' },
  github: { apiUrl: NOWHERE, repository: 'a/b' },
  gitlab: { url: NOWHERE, repository: 'a/b' },
  'google-drive': { apiUrl: NOWHERE, tokenUrl: NOWHERE },
  imap: { host: '127.0.0.1', port: 9, username: 'somebody' },
  notion: { apiUrl: NOWHERE },
  paperless: { url: NOWHERE },
  s3: { endpoint: NOWHERE, bucket: 'documents', accessKeyId: 'id' },
};

let server: LoreboxProcess;
let admin: Lorebox;
let owner: Lorebox;
let listener: Server;
let port: number;
let heard: string[] = [];

beforeAll(async () => {
  listener = createServer((socket) => {
    heard.push('');
    socket.on('data', (data) => heard.push(String(data)));
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN LOGIN] ready\r\n');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  port = (listener.address() as AddressInfo).port;
  server = await startLorebox({
    env: { LOREBOX_FETCH_ALLOW: '127.0.0.1:*,localhost:*' },
  });
  admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await admin.workspaces.create({ name: 'demo' });
  const password = 'long enough for all';
  const { id } = await admin.users.create({ username: 'olga', password });
  await admin.workspaces.setMember('demo', id, 'owner');
  const { sessionToken } = await admin.auth.login({ username: 'olga', password });
  owner = new Lorebox({ baseUrl: server.url, apiKey: sessionToken });
});
afterAll(async () => {
  await server.dispose();
  listener.close();
});
beforeEach(() => {
  heard = [];
});

interface Property {
  type?: string;
  enum?: ConfigValue[];
  default?: ConfigValue;
}

/** Returns other values for an address setting, pointing to the listener where possible. */
function othersOf(name: string, property: Property): ConfigValue[] {
  if (property.enum) return property.enum.filter((value) => value !== property.default);
  if (property.type === 'boolean') return [property.default === false];
  if (property.type === 'integer' || property.type === 'number') return [port];
  return /url|endpoint/i.test(name)
    ? [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
    : ['localhost', 'elsewhere'];
}

describe('a changed address', () => {
  it('requires every secret again for any connector, and sends none before that', async () => {
    const connectors = (await admin.sources.connectors()).filter(({ secrets }) => secrets.length > 0);
    expect(connectors.map(({ id }) => id).sort()).toEqual(Object.keys(CONFIGS).sort());
    for (const { id: connector, secrets, addresses, configSchema } of connectors) {
      expect(addresses.length, connector).toBeGreaterThan(0);
      const properties = configSchema.properties as Record<string, Property>;
      const set = Object.fromEntries(secrets.map((name) => [name, SECRET]));
      const config = { ...CONFIGS[connector], ...set };
      const { id: sourceId } = await admin.sources.create('demo', {
        connector,
        config,
        skipCheck: true,
        everyMinutes: null,
      });
      for (const address of addresses) {
        for (const value of othersOf(address, properties[address] ?? {})) {
          const update = (more: SourceConfig, skipCheck: boolean) =>
            codeOf(() => owner.sources.update(sourceId, { config: { [address]: value, ...more }, skipCheck }));
          const what = `${connector}: ${address}=${value}`;
          for (const skipCheck of [false, true]) expect(await update({}, skipCheck), what).toBe('BAD_REQUEST');
          for (const left of secrets.length > 1 ? secrets : []) {
            const { [left]: _, ...rest } = set;
            expect(await update(rest, true), `${what} without ${left}`).toBe('BAD_REQUEST');
          }
        }
        // Resetting to the default is a change too.
        if (properties[address]?.default !== undefined && CONFIGS[connector]?.[address] !== undefined)
          expect(await codeOf(() => owner.sources.update(sourceId, { config: { [address]: null } })), address).toBe(
            'BAD_REQUEST',
          );
      }
      expect(await codeOf(() => owner.sources.update(sourceId, { name: 'Renamed' })), connector).toBe('OK');
      for (const address of addresses) {
        const [other = ''] = othersOf(address, properties[address] ?? {});
        const again = Object.fromEntries(secrets.map((name) => [name, 'given-again']));
        const changes = { config: { [address]: other, ...again }, skipCheck: true };
        expect(await codeOf(() => owner.sources.update(sourceId, changes)), `${connector}: ${address}`).toBe('OK');
      }
      await admin.sources.delete(sourceId, { keepDocuments: false });
    }
    expect(heard.join('\n')).not.toContain(SECRET);
  });

  it('of a webhook creates a new signing secret', async () => {
    const created = await admin.webhooks.create({ url: `${NOWHERE}/one` });
    const kept = await admin.webhooks.update(created.id, { description: 'same address' });
    expect(kept.secret).toBeNull();
    const moved = await admin.webhooks.update(created.id, { url: `http://127.0.0.1:${port}/two` });
    expect(moved.secret).toMatch(/^whsec_/);
    expect(moved.secret).not.toBe(created.secret);
    await admin.webhooks.delete(created.id);
  });
});
