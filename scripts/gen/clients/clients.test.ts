import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goModels, goName, goOperations } from './go.ts';
import { toModelSchemas } from './models.ts';
import { HAND_WRITTEN, type RestDocument, readOperations } from './operations.ts';
import { pythonModels, pythonResources, snakeCase } from './python.ts';
import { refTo, type Schema } from './schema.ts';

const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});
const Hook = object({
  id: { type: 'string' },
  url: { type: 'string' },
  state: { type: 'string', enum: ['on', 'off'] },
});

function documentOf(operation: object, schemas: Record<string, Schema> = {}, path = '/hooks/{hookId}'): RestDocument {
  const common = { operationId: 'webhooksTest', tags: ['webhooks'], summary: 'Do it', responses: { 200: {} } };
  return {
    paths: { [path]: { post: { ...common, ...operation } } },
    components: { schemas: { Hook, ...schemas } },
  };
}

const read = (document: RestDocument) => readOperations(document, document.components.schemas);

/** A server-sent event as described in the document. */
const sent = (event: Schema): Schema => ({
  type: 'object',
  properties: { data: { type: 'string', contentSchema: event } },
});

describe('the client generator', () => {
  it('maps every operation of the real document', () => {
    const file = join(import.meta.dirname, '../../../docs/openapi.json');
    const document = JSON.parse(readFileSync(file, 'utf8')) as RestDocument;
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((raw) => raw.operationId));
    const found = readOperations(document, structuredClone(document.components.schemas)).map(({ id }) => id);
    expect([...found, ...Object.keys(HAND_WRITTEN)].sort()).toEqual(ids.sort());
  });

  it('maps an unknown operation by its tag', () => {
    const [listed] = read(documentOf({ operationId: 'apiKeysRotate', tags: ['api-keys'] }));
    expect([listed?.resource, listed?.name]).toEqual(['apiKeys', 'rotate']);
    const [alone] = read(documentOf({ operationId: 'backup', tags: ['system'] }));
    expect([alone?.resource, alone?.name]).toEqual([null, 'backup']);
  });

  it('reads the result type of an operation', () => {
    const resultOf = (schema: Schema, schemas = {}) =>
      read(documentOf({ responses: { 200: json(schema) } }, schemas))[0]?.result;
    expect(resultOf(refTo('Hook'))).toEqual({ kind: 'model', name: 'Hook' });
    expect(resultOf(object({ ok: { const: true } }))).toEqual({ kind: 'none' });
    expect(resultOf(object({ deleted: { type: 'integer' } }))).toMatchObject({ kind: 'field', property: 'deleted' });
    const page = object({ items: { type: 'array', items: refTo('Hook') }, nextCursor: { type: 'string' } });
    expect(resultOf(refTo('HookPage'), { HookPage: page })).toEqual({ kind: 'page', item: 'Hook' });
    expect(resultOf(object({ a: {}, b: {} }))).toEqual({ kind: 'model', name: 'WebhooksTestResult' });
    const responses = { 200: { content: { 'text/event-stream': { schema: sent(refTo('Hook')) } } } };
    expect(read(documentOf({ responses }))[0]?.result).toEqual({ kind: 'stream', event: 'Hook', isResumable: false });
  });

  it("reports operations that it can't turn into methods", () => {
    const form = { content: { 'multipart/form-data': { schema: {} } } };
    expect(() => read(documentOf({ requestBody: form }))).toThrow('HAND_WRITTEN');
    for (const schema of [{ type: 'array' }, { type: 'object', additionalProperties: {} }])
      expect(() => read(documentOf({ responses: { 200: json(schema) } }))).toThrow('something else');
    expect(() => read(documentOf({ responses: { 200: { content: { 'text/csv': {} } } } }))).toThrow('something else');
    const parameters = [{ name: 'X-Mood', in: 'header', required: false, schema: {} }];
    expect(() => read(documentOf({ parameters }))).toThrow('X-Mood');
    const events = { 200: { content: { 'text/event-stream': { schema: sent({ type: 'object' }) } } } };
    expect(() => read(documentOf({ responses: events }))).toThrow('no name');
    const twice = documentOf({});
    twice.paths['/other'] = { post: { operationId: 'webhooksTest', tags: ['webhooks'], responses: {} } };
    expect(() => read(twice)).toThrow('webhooks.test');
  });

  it('names anonymous objects, and drops limits that the server enforces', () => {
    const models = toModelSchemas({
      Message: object({ errors: { type: 'array', items: object({ code: { type: 'string', maxLength: 9 } }) } }),
    });
    expect(models.MessageError).toEqual(object({ code: { type: 'string' } }));
    const clash = { A: object({ b: object({}) }), AB: Hook };
    expect(() => toModelSchemas(clash)).toThrow('second AB');
  });

  it('writes Python that avoids reserved words and tolerates responses of later servers', () => {
    expect(['externalId', 'topK', 'from', 'n'].map(snakeCase)).toEqual(['external_id', 'top_k', 'from_', 'n']);
    expect(() => snakeCase('URLs')).toThrow('Python name');
    const { Hook: model } = pythonModels({ Hook }, new Set(['Hook']));
    expect(model?.properties?.state).toEqual({ anyOf: [{ type: 'string', enum: ['on', 'off'] }, { type: 'string' }] });
    expect(model?.additionalProperties).toBe(false);
    const body = object({ url: { type: 'string' }, until: { type: ['string', 'null'], format: 'date-time' } }, ['url']);
    const document = documentOf(
      {
        parameters: [{ name: 'hookId', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: json(refTo('HookBody')),
        responses: { 200: json(refTo('Hook')) },
      },
      { HookBody: body },
    );
    const source = pythonResources(read(document), { isAsync: true, about: {} });
    expect(source).toContain(
      'async def test(self, hook_id: str, url: str, *, until: datetime | None | Omit = OMIT, **options: Unpack[CallOptions]) -> models.Hook:',
    );
    expect(source).toContain('Request("POST", f"/hooks/{segment(hook_id)}", body=body)');
  });

  it('writes Go with its initialisms, resettable fields, and unions as interfaces', () => {
    expect(['documentIds', 'sourceUrl', 'apiKey', 'topK', 'id'].map(goName)).toEqual([
      'DocumentIDs',
      'SourceURL',
      'APIKey',
      'TopK',
      'ID',
    ]);
    const Change = object(
      { until: { type: ['string', 'null'] }, tags: { type: 'array', items: { type: 'string' } } },
      [],
    );
    const { Change: model } = goModels({ Change }, new Set(['Change']));
    expect(model?.properties?.until).toMatchObject({
      'x-go-name': 'Until',
      'x-go-type': 'Nullable[string]',
      'x-omitzero': true,
    });
    expect(model?.properties?.tags).toMatchObject({ 'x-go-type-skip-optional-pointer': true });
    const mapping = { on: refTo('Hook').$ref as string };
    const Fate: Schema = { oneOf: [refTo('Hook')], discriminator: { propertyName: 'type', mapping } };
    expect(goModels({ Hook, Fate }, new Set())).not.toHaveProperty('Fate');
    const mixed: Schema = { anyOf: [{ type: 'string' }, { type: 'number' }] };
    const { Box } = goModels({ Fate, Box: object({ fate: refTo('Fate'), mixed, anything: {} }) }, new Set());
    const types = Object.values(Box?.properties ?? {}).map((field) => field['x-go-type']);
    expect(types).toEqual(['FateValue', 'any', 'any']);
    const responses = { 200: { content: { 'text/event-stream': { schema: sent(refTo('Fate')) } } } };
    const source = goOperations(read(documentOf({ responses }, { Fate })), { Hook, Fate }, {});
    expect(source).toContain('type Fate interface{ isFate() }');
    expect(source).toContain('iter.Seq2[Fate, error]');
  });
});
