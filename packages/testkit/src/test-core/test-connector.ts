import type { Connector, ConnectorRegistry, SourceHosts, SourceItem, SyncContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { bytesOf } from './test-services.ts';

export type Sync = (context: SyncContext) => AsyncIterable<SourceItem>;

/** A connector whose items and access check the test sets. */
export class TestConnector implements Connector {
  readonly id: string;
  readonly label = 'Test';
  readonly description = 'Items of a test.';
  readonly reads: Connector['reads'];
  readonly requestsPerSecond = 1000;
  readonly configSchema = z.strictObject({
    url: z.string().optional().meta({ address: true }),
    depth: z.number().int().optional(),
    token: z.string().optional().meta({ writeOnly: true }),
  });
  parallel = 1;
  check: Connector['check'] = async () => {};
  sync: Sync = async function* () {
    yield { kind: 'full' };
  };

  constructor(id: string, reads: Connector['reads'] = 'network') {
    this.id = id;
    this.reads = reads;
  }
}

export function createTestRegistry(connectors: readonly Connector[]): ConnectorRegistry {
  return {
    list: async () => [...connectors],
    find: async (id) => connectors.find((connector) => connector.id === id) ?? null,
  };
}

/** Hosts without any access. */
export const closedHosts: SourceHosts = {
  open() {
    const refuse = () => Promise.reject(new Error('The test core has no network.'));
    return { fetch: refuse, resolve: refuse, folder: refuse, render: refuse, close: async () => {} };
  },
};

/** An item whose version is its text. */
export function textItem(externalId: string, text = externalId): SourceItem & { kind: 'upsert' } {
  return {
    kind: 'upsert',
    externalId,
    version: text,
    filename: `${externalId}.txt`,
    open: () => bytesOf(text),
  };
}
