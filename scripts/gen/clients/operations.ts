import { camelCase, lowerFirst, nameOf, refTo, type Schema, type Schemas, upperFirst } from './schema.ts';

export interface RestDocument {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Schemas };
  tags?: { name: string; description?: string }[];
}

interface Content {
  content?: Record<string, { schema: Schema }>;
}

interface RawOperation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

/** A parameter, or a property of the body. */
export interface Field {
  name: string;
  schema: Schema;
  isRequired: boolean;
  description: string;
}

type Result =
  /** The response is `{ ok: true }` or empty. */
  | { kind: 'none' }
  | { kind: 'model'; name: string }
  /** The response is an object with one property, which is the result. */
  | { kind: 'field'; property: string; schema: Schema }
  | { kind: 'page'; item: string }
  | { kind: 'stream'; event: string; isResumable: boolean }
  /** The operation asks a question: the result is an answer to subscribe to. */
  | { kind: 'answer' };

export interface Operation {
  id: string;
  /** "apiKeys". Null for methods of the client itself. */
  resource: string | null;
  /** "create", in camel case. */
  name: string;
  method: string;
  path: string;
  pathParameters: Field[];
  query: Field[];
  body: { name: string; fields: Field[] } | null;
  result: Result;
  summary: string;
  description: string;
  isDeprecated: boolean;
}

/** Operations that are not generated, with the reason. */
export const HAND_WRITTEN: Record<string, string> = {
  auditExport: 'a file for log collectors; programs page through the list',
  widgetsExport: 'a file for spreadsheets and archives; programs page through the list',
  chatAnswer: 'a line that drops would ask again; clients ask once and follow the answer by its id',
  documentsContent: 'bytes, in part or as a whole, read while they come',
  documentsUpload: 'files are streamed',
};

/** Resource of an operation if its tag doesn't match, as in the TypeScript SDK. */
const PLACES: Record<string, { resource: string | null; name: string }> = {
  chatAsk: { resource: null, name: 'ask' },
  chatCancel: { resource: null, name: 'cancel' },
  chatGet: { resource: null, name: 'getAnswer' },
  chatEditAndResend: { resource: 'threads', name: 'resend' },
  chatRegenerate: { resource: 'threads', name: 'regenerate' },
  chatWatch: { resource: null, name: 'watch' },
};

/** Headers set by the hand-written code. */
const KNOWN_HEADERS = ['Last-Event-ID', 'Idempotency-Key'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Converts the operations of the document to client methods. Adds names for unnamed schemas to `schemas`. */
export function readOperations(document: RestDocument, schemas: Schemas): Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const raw = item[method];
      return raw && !(raw.operationId in HAND_WRITTEN) ? [toOperation(method, path, raw, schemas)] : [];
    }),
  );
  const seen = new Set<string>();
  for (const { id, resource, name } of operations) {
    const place = `${resource ?? 'client'}.${name}`;
    if (seen.has(place)) throw new Error(`${id}: there is another operation at ${place}; give it a place of its own`);
    seen.add(place);
  }
  return operations.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

const placeOf = ({ resource, name }: Operation) => `${resource ?? ''}.${name}`;

function toOperation(method: string, path: string, raw: RawOperation, schemas: Schemas): Operation {
  const { operationId: id, parameters = [], summary = '', description = '' } = raw;
  const header = parameters.find((parameter) => parameter.in === 'header' && !KNOWN_HEADERS.includes(parameter.name));
  if (header) throw new Error(`${id}: no client sends the header ${header.name} yet`);
  const place = PLACES[id] ?? placeFor(id, camelCase(raw.tags?.[0] ?? ''));
  const fieldsIn = (where: string) =>
    parameters
      .filter((parameter) => parameter.in === where && parameter.name !== 'lastEventId')
      .map(({ name, schema, required, description = '' }) => ({ name, schema, isRequired: required, description }));
  return {
    ...{ id, ...place, method: method.toUpperCase(), path, summary, description },
    pathParameters: fieldsIn('path'),
    query: fieldsIn('query'),
    body: bodyOf(raw, schemas),
    result: resultOf(raw, schemas),
    isDeprecated: raw.deprecated ?? false,
  };
}

/**
 * Maps "workspacesList" with the tag "workspaces" to `workspaces.list`. Operations with other names become methods of
 * the client.
 */
function placeFor(id: string, tag: string): { resource: string | null; name: string } {
  const rest = id.startsWith(tag) ? id.slice(tag.length) : '';
  return /^[A-Z]/.test(rest) ? { resource: tag, name: lowerFirst(rest) } : { resource: null, name: id };
}

function bodyOf({ operationId, requestBody }: RawOperation, schemas: Schemas): Operation['body'] {
  if (!requestBody) return null;
  const name = nameOf(requestBody.content?.['application/json']?.schema);
  const schema = name === null ? undefined : schemas[name];
  if (name === null || !schema?.properties)
    throw new Error(`${operationId}: only named JSON objects can be sent; write it by hand (HAND_WRITTEN)`);
  const fields = Object.entries(schema.properties).map(([field, { description = '', ...rest }]) => ({
    name: field,
    schema: rest,
    isRequired: schema.required?.includes(field) ?? false,
    description,
  }));
  return { name, fields };
}

function resultOf({ operationId, responses, parameters = [] }: RawOperation, schemas: Schemas): Result {
  const content = Object.entries(responses).find(([status]) => /^2/.test(status))?.[1].content ?? {};
  const stream = content['text/event-stream']?.schema;
  if (stream) {
    const name = nameOf(stream.properties?.data?.contentSchema);
    if (name === null) throw new Error(`${operationId}: its events have no name; give their schema an id`);
    return {
      kind: 'stream',
      event: name,
      isResumable: parameters.some((parameter) => parameter.name === 'lastEventId'),
    };
  }
  if (Object.keys(content).length === 0) return { kind: 'none' };
  const schema = content['application/json']?.schema;
  const name = nameOf(schema);
  if (operationId === 'chatAsk') return { kind: 'answer' };
  const found = name === null ? schema : schemas[name];
  if (name !== null && found?.discriminator) return { kind: 'model', name };
  const properties = Object.entries(found?.properties ?? {});
  if (!found || properties.length === 0)
    throw new Error(`${operationId}: answers something else than a JSON object with properties; write it by hand`);
  const item = nameOf(found.properties?.items?.items);
  if (found.properties?.nextCursor && item !== null) return { kind: 'page', item };
  if (name !== null) return { kind: 'model', name };
  const [only] = properties;
  if (properties.length > 1 || !only) {
    const made = `${upperFirst(operationId)}Result`;
    schemas[made] = found;
    return { kind: 'model', name: made };
  }
  return only[1].const === true ? { kind: 'none' } : { kind: 'field', property: only[0], schema: only[1] };
}

/** Returns the names of schemas used in requests, directly or nested. */
export function sentSchemas(operations: readonly Operation[], schemas: Schemas): Set<string> {
  return reachable(
    operations.flatMap(({ body }) => (body ? [refTo(body.name)] : [])),
    schemas,
  );
}

/** Returns the names of schemas used in responses. */
export function answeredSchemas(operations: readonly Operation[], schemas: Schemas): Set<string> {
  const roots = operations.flatMap(({ result }) => {
    if (result.kind === 'model') return [refTo(result.name)];
    if (result.kind === 'page') return [refTo(result.item)];
    return result.kind === 'stream' ? [refTo(result.event)] : [];
  });
  return reachable([...roots, ...['Accepted', 'AnswerEvent', 'AskStarted'].map(refTo)], schemas);
}

function reachable(roots: readonly Schema[], schemas: Schemas): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const name = nameOf(value as Schema);
    if (name !== null && !found.has(name)) {
      found.add(name);
      visit(schemas[name]);
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  roots.forEach(visit);
  return found;
}
