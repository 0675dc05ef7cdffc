import { type DoubleRequest, type HttpDouble, Refusal, startHttpDouble } from './http-double.ts';
import { PointTable } from './point-table.ts';

type Payload = Record<string, string | string[]>;
interface Condition {
  key: string;
  match: { value: string } | { any: string[] };
}
interface Body {
  vectors: { size: number; distance: string };
  points: ({ id: number; vector: number[]; payload: Payload } | number)[];
  filter?: { must: Condition[] };
  query: number[];
  limit: number;
}

/** Starts the endpoints of Qdrant's REST API that we use, with its envelopes and errors. */
export async function startFakeQdrant(apiKey?: string): Promise<HttpDouble & { wipe(): void; points(): number }> {
  const tables = new Map<string, PointTable<Payload>>();

  function handle(request: DoubleRequest): { body: unknown } {
    if (apiKey && request.headers['api-key'] !== apiKey) throw new Refusal(401, 'Must provide an API key');
    const [root, name = '', ...rest] = request.path;
    if (root !== 'collections') throw new Refusal(404, '');
    const body: Body = request.text ? JSON.parse(request.text) : {};
    return { body: { result: run(`${request.method} ${rest.join('/')}`, name, body), status: 'ok', time: 0.001 } };
  }

  function run(call: string, name: string, body: Body): unknown {
    if (call === 'GET exists') return { exists: tables.has(name) };
    if (call === 'PUT ') {
      if (tables.has(name)) throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`);
      if (body.vectors.distance !== 'Cosine') throw new Refusal(400, 'Format error in JSON body: unknown variant');
      return tables.set(name, new PointTable(body.vectors.size)) && true;
    }
    if (call === 'DELETE ') return tables.delete(name);
    const table = tables.get(name);
    if (!table) throw new Refusal(404, `Not found: Collection \`${name}\` doesn't exist!`);
    const fits = ({ fields }: { fields: Payload }) => (body.filter?.must ?? []).every((one) => matches(fields, one));
    if (call === 'GET ') return { config: { params: { vectors: { size: table.dimension, distance: 'Cosine' } } } };
    if (call === 'PUT index') return { operation_id: 1, status: 'completed' };
    if (call === 'PUT points') {
      for (const point of body.points)
        if (typeof point === 'object') table.put({ id: point.id, vector: point.vector, fields: point.payload });
    } else if (call === 'POST points/delete') {
      const ids = new Set<unknown>(body.points ?? []);
      table.removeWhere((point) => (body.filter ? fits(point) : ids.has(point.id)));
    } else if (call === 'POST points/count') return { count: table.count(fits) };
    else if (call === 'POST points/query') {
      const found = table.nearest(body.query, body.limit, fits);
      return { points: found.map(({ point, score }) => ({ id: point.id, version: 1, score })) };
    } else throw new Refusal(404, call);
    return { operation_id: 2, status: 'completed' };
  }

  const refuse = (status: number, error: string) => ({ status, body: { status: { error }, time: 0.001 } });
  const double = await startHttpDouble(handle, refuse);
  return Object.assign(double, {
    wipe: () => tables.clear(),
    points: () => [...tables.values()].reduce((sum, table) => sum + table.points.size, 0),
  });
}

function matches(payload: Payload, { key, match }: Condition): boolean {
  const values = [payload[key] ?? []].flat();
  const wanted = 'any' in match ? match.any : [match.value];
  return wanted.some((value) => values.includes(value));
}
