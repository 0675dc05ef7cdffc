import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface MilvusOptions {
  /** http://127.0.0.1:19530 */
  url: string;
  /** A token, or USER:PASSWORD. */
  apiKey?: string | undefined;
}

const MAX_ID_LENGTH = 512;
const MAX_TOKENS_LENGTH = 65_535;
const MAX_LIST_ITEMS = 1000;
/** Milvus error code for a missing collection. */
const NOT_FOUND = 100;

export function createMilvusBackend({ url, apiKey }: MilvusOptions): VectorBackend {
  return toBackend({ id: 'milvus', title: 'Milvus', url }, () => open({ url, apiKey }));
}

async function open({ url, apiKey }: MilvusOptions): Promise<VectorCalls> {
  const sdk = await loadClient('@zilliz/milvus2-sdk-node', () => import('@zilliz/milvus2-sdk-node'));
  const { ConsistencyLevelEnum, DataType, IndexType, MetricType, MilvusClient } = sdk;
  const { protocol, host } = new URL(url);
  const client = new MilvusClient({
    address: host,
    ssl: protocol === 'https:',
    maxRetries: 1,
    logLevel: 'error',
    ...(apiKey && { token: apiKey }),
  });
  try {
    await client.connectPromise;
  } catch (error) {
    await client.closeConnection().catch(() => {});
    throw error;
  }
  // Writes are visible to the next search.
  const consistency_level = ConsistencyLevelEnum.Strong;
  const exists = async (name: string) => Boolean((await client.hasCollection({ collection_name: name })).value);

  /** Responses report errors in the status. */
  async function check<T extends { status?: Status } | Status>(call: Promise<T>): Promise<T> {
    const answer = await call;
    const status = ('status' in answer ? answer.status : answer) as Status | undefined;
    if (status && ((status.code ?? 0) !== 0 || (status.error_code ?? 'Success') !== 'Success'))
      throw new MilvusError(status);
    return answer;
  }

  /** The client crashes on a missing collection before the server can report it. */
  async function removeWhere(name: string, filter: string): Promise<void> {
    if (!(await exists(name))) throw new MilvusError({ code: NOT_FOUND, reason: `Collection ${name} not found.` });
    await check(client.delete({ collection_name: name, filter }));
  }

  async function create(name: string, dimension: number): Promise<void> {
    const text = (field: string, max_length: number) => ({ name: field, data_type: DataType.VarChar, max_length });
    await check(
      client.createCollection({
        collection_name: name,
        consistency_level: 'Strong',
        fields: [
          { name: 'key', data_type: DataType.Int64, is_primary_key: true, autoID: false },
          text('workspace', MAX_ID_LENGTH),
          text('document', MAX_ID_LENGTH),
          text('tokens', MAX_TOKENS_LENGTH),
          { name: 'vector', data_type: DataType.FloatVector, dim: dimension },
        ],
      }),
    );
  }

  return {
    async ensure({ name, dimension }) {
      if (await exists(name)) {
        const { schema } = await check(client.describeCollection({ collection_name: name }));
        const vector = schema.fields.find((field) => field.name === 'vector');
        const found = Number(vector?.dim ?? vector?.type_params.find(({ key }) => key === 'dim')?.value);
        if (found !== dimension) return found;
      } else await create(name, dimension);
      // A killed process may have left the collection without its index.
      const { index_descriptions } = await client.describeIndex({ collection_name: name });
      const index = { field_name: 'vector', index_type: IndexType.AUTOINDEX, metric_type: MetricType.COSINE };
      if (!index_descriptions?.length) await check(client.createIndex({ collection_name: name, ...index }));
      await check(client.loadCollection({ collection_name: name }));
    },
    async upsert(name, points) {
      if (points.length === 0) return;
      const data = points.map(({ key, vector, workspaceId, documentId, tokens }) => {
        return { key, vector, workspace: workspaceId, document: documentId, tokens: `,${tokens.join(',')},` };
      });
      await check(client.upsert({ collection_name: name, data }));
    },
    async remove(name, keys) {
      if (keys.length > 0) await removeWhere(name, `key in [${keys.map(Number).join(', ')}]`);
    },
    async removeWorkspace(name, workspaceId) {
      await removeWhere(name, `workspace == ${quote(workspaceId)}`);
    },
    async search(name, vector, filter, limit) {
      const { results } = await check(
        client.search({
          ...{ collection_name: name, data: vector, anns_field: 'vector', limit, output_fields: ['key'] },
          ...{ filter: toExpression(filter), metric_type: MetricType.COSINE, consistency_level },
        }),
      );
      return results.map((row) => ({ key: Number(row.key), score: row.score }));
    },
    async count(name, workspaceId) {
      const expr = `workspace == ${quote(workspaceId)}`;
      const query = { collection_name: name, filter: expr, output_fields: ['count(*)'], consistency_level };
      const [row] = (await check(client.query(query))).data;
      return Number(row?.['count(*)']);
    },
    async drop(name) {
      await check(client.dropCollection({ collection_name: name }));
    },
    async close() {
      await client.closeConnection();
    },
    isUnknown: (error) => {
      const text = error instanceof Error ? error.message : '';
      return (error instanceof MilvusError && error.code === NOT_FOUND) || /collection.*not (found|exist)/i.test(text);
    },
  };
}

interface Status {
  code?: number;
  error_code?: string | number;
  reason?: string;
}

class MilvusError extends Error {
  readonly code: number;

  constructor({ code = -1, error_code, reason }: Status) {
    super(reason || `status ${error_code}`);
    this.code = code;
  }
}

function toExpression({ workspaceId, documentIds, tokens }: PlainFilter): string {
  const parts = [`workspace == ${quote(workspaceId)}`];
  const lists = Array.from({ length: Math.ceil((documentIds?.length ?? 0) / MAX_LIST_ITEMS) }, (_, i) =>
    (documentIds ?? []).slice(i * MAX_LIST_ITEMS, (i + 1) * MAX_LIST_ITEMS).map(quote),
  );
  if (lists.length > 0) parts.push(`(${lists.map((list) => `document in [${list.join(', ')}]`).join(' or ')})`);
  for (const token of tokens) parts.push(`tokens like "%,${token},%"`);
  return parts.join(' and ');
}

/** Escapes a string in an expression. The quote and the backslash are special. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
