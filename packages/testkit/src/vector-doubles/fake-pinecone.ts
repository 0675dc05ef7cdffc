import { type DoubleRequest, type HttpDouble, Refusal, startHttpDouble } from './http-double.ts';
import { PointTable } from './point-table.ts';

type Metadata = Record<string, string | string[]>;
interface Body {
  namespace: string;
  vectors: { id: string; values: number[]; metadata?: Metadata }[];
  ids?: string[];
  deleteAll?: boolean;
  vector: number[];
  topK: number;
  filter?: { $and: Record<string, { $in: string[] }>[] };
}

/** Starts the data endpoints of a Pinecone index that we use. */
export async function startFakePinecone(apiKey: string, dimension: number): Promise<HttpDouble> {
  const namespaces = new Map<string, PointTable<Metadata>>();

  function handle(request: DoubleRequest): { body: unknown } {
    if (request.headers['api-key'] !== apiKey) throw new Refusal(401, 'Invalid API Key');
    const body: Body = request.text ? JSON.parse(request.text) : {};
    return { body: run(`${request.method} ${request.path.join('/')}`, body) };
  }

  function run(call: string, body: Body): unknown {
    if (call === 'POST describe_index_stats') {
      const counted = [...namespaces].map(([name, { points }]) => [name, { vectorCount: points.size }] as const);
      return { namespaces: Object.fromEntries(counted), dimension, indexFullness: 0, totalVectorCount: 0 };
    }
    if (call === 'POST vectors/upsert') {
      if (body.vectors.length > 1000) throw new Refusal(400, 'Batch size exceeds 1000');
      const table = namespaces.get(body.namespace) ?? new PointTable<Metadata>(dimension);
      for (const { id, values, metadata = {} } of body.vectors) table.put({ id, vector: values, fields: metadata });
      namespaces.set(body.namespace, table);
      return { upsertedCount: body.vectors.length };
    }
    const table = namespaces.get(body.namespace);
    if (call === 'POST query') {
      const conditions = (body.filter?.$and ?? []).flatMap((one) => Object.entries(one));
      const fits = ({ fields }: { fields: Metadata }) =>
        conditions.every(([name, { $in }]) => [fields[name] ?? []].flat().some((value) => $in.includes(value)));
      const found = table?.nearest(body.vector, body.topK, fits) ?? [];
      const matches = found.map(({ point, score }) => ({ id: point.id, score, values: [] }));
      return { results: [], matches, namespace: body.namespace, usage: { readUnits: 1 } };
    }
    if (call !== 'POST vectors/delete') throw new Refusal(404, `no such path: ${call}`);
    if (!table) throw new Refusal(404, 'Namespace not found');
    if (body.deleteAll) namespaces.delete(body.namespace);
    for (const id of body.ids ?? []) table.points.delete(id);
    return {};
  }

  const refuse = (status: number, message: string) => ({ status, body: { code: status, message, details: [] } });
  return startHttpDouble(handle, refuse);
}
