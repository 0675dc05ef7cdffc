import { type DoubleAnswer, type DoubleRequest, type HttpDouble, Refusal, startHttpDouble } from './http-double.ts';
import { PointTable } from './point-table.ts';

type Fields = Record<string, string | string[]>;
type Clause = { term: Record<string, string> } | { terms: Record<string, string[]> };
interface Body {
  aliases: Record<string, object>;
  mappings: { properties: { vector: { dims: number; similarity: string } } };
  knn: { field: string; query_vector: number[]; k: number; num_candidates: number; filter: Clause[] };
  query: Clause;
}

/** Starts the endpoints of Elasticsearch that we use, with its product header, scores and errors. */
export async function startFakeElasticsearch(apiKey: string): Promise<HttpDouble> {
  const tables = new Map<string, PointTable<Fields>>();
  const aliases = new Map<string, string>();

  function handle(request: DoubleRequest): DoubleAnswer {
    if (request.headers.authorization !== `ApiKey ${apiKey}`)
      throw new Refusal(401, 'missing authentication credentials');
    const [name = '', ...rest] = request.path;
    const call = `${request.method} ${rest.join('/')}`;
    if (call === 'PUT _bulk' || call === 'POST _bulk') return { body: bulk(name, request) };
    const body: Body = request.text ? JSON.parse(request.text) : {};
    return { body: run(call, name, body), headers: PRODUCT };
  }

  function run(call: string, name: string, body: Body): unknown {
    if (call === 'PUT ') {
      if (tables.has(name)) throw new Refusal(400, 'resource_already_exists_exception');
      const { dims, similarity } = body.mappings.properties.vector;
      if (similarity !== 'cosine') throw new Refusal(400, 'mapper_parsing_exception');
      tables.set(name, new PointTable(dims));
      for (const alias of Object.keys(body.aliases)) aliases.set(alias, name);
      return { acknowledged: true, shards_acknowledged: true, index: name };
    }
    const table = tableOf(name);
    if (call === 'GET _mapping')
      return { [name]: { mappings: { properties: { vector: { type: 'dense_vector', dims: table.dimension } } } } };
    if (call === 'DELETE ') return { acknowledged: tables.delete(name) };
    if (call === 'POST _count') return { count: table.count(({ fields }) => matches(fields, body.query)) };
    if (call === 'POST _delete_by_query') {
      table.removeWhere(({ fields }) => matches(fields, body.query));
      return { failures: [] };
    }
    if (call !== 'POST _search') throw new Refusal(405, `Incorrect HTTP method for uri [${call}]`);
    const { field, filter, k, num_candidates, query_vector } = body.knn;
    if (field !== 'vector' || k > num_candidates) throw new Refusal(400, '[num_candidates] cannot be less than [k]');
    const found = table.nearest(query_vector, k, ({ fields }) => filter.every((clause) => matches(fields, clause)));
    const hits = found.map(({ point, score }) => ({ _index: name, _id: point.id, _score: (1 + score) / 2 }));
    return { took: 1, timed_out: false, hits: { hits } };
  }

  function bulk(alias: string, { query, text }: DoubleRequest): unknown {
    if (query.get('require_alias') !== 'true') throw new Refusal(400, 'writes go through the alias');
    const name = aliases.get(alias) ?? '';
    if (!tables.has(name)) throw new Refusal(404, `index_not_found_exception: no such index [${alias}]`);
    const lines = text.split('\n').filter(Boolean);
    const items: object[] = [];
    for (let i = 0; i < lines.length; i += 1) {
      const action: Record<string, { _id: string }> = JSON.parse(lines[i] ?? '');
      if (action.index) {
        const { vector, ...fields }: Fields & { vector: number[] } = JSON.parse(lines[++i] ?? '');
        tableOf(name).put({ id: action.index._id, vector, fields });
        items.push({ index: { _id: action.index._id, status: 201 } });
      } else {
        const found = tableOf(name).points.delete(action.delete?._id ?? '');
        items.push({ delete: { _id: action.delete?._id, status: found ? 200 : 404, result: 'not_found' } });
      }
    }
    return { took: 1, errors: false, items };
  }

  function tableOf(name: string): PointTable<Fields> {
    const table = tables.get(name);
    if (!table) throw new Refusal(404, `index_not_found_exception: no such index [${name}]`);
    return table;
  }

  const refuse = (status: number, reason: string) => {
    const [type = ''] = reason.split(':');
    return { status, headers: PRODUCT, body: { error: { type, reason }, status } };
  };
  return startHttpDouble((request) => ({ headers: PRODUCT, ...handle(request) }), refuse);
}

/** The client rejects servers without this header. */
const PRODUCT = {
  'x-elastic-product': 'Elasticsearch',
  'content-type': 'application/vnd.elasticsearch+json;compatible-with=9',
};

function matches(fields: Fields, clause: Clause): boolean {
  const [[name, wanted] = ['', []]] = Object.entries('term' in clause ? clause.term : clause.terms);
  const values = [fields[name] ?? []].flat();
  return [wanted].flat().some((value) => values.includes(value));
}
