import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { missingGo, runGo } from '../../../packages/testkit/src/go-toolchain.ts';
import { preparePythonSdk, runPython } from '../../../packages/testkit/src/python-environment.ts';
import { makeGo } from './make-go.ts';
import { makePython } from './make-python.ts';
import type { RestDocument } from './operations.ts';
import { refTo, type Schema } from './schema.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ADVICE = 'is out of date: run `node scripts/gen/clients.ts` and check it in';
const document = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8')) as RestDocument;
const scratch = mkdtempSync(join(tmpdir(), 'clients-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function expectSame(files: string[], made: string, kept: string): void {
  for (const file of files) {
    const isSame = readFileSync(join(made, file), 'utf8') === readFileSync(join(ROOT, kept, file), 'utf8');
    expect(isSame, `${kept}/${file} ${ADVICE}`).toBe(true);
  }
}

describe('what is checked in is what the generators make of docs/openapi.json', () => {
  it('in Python', (context) => {
    const python = preparePythonSdk();
    if (typeof python === 'string') return context.skip(python);
    const folder = join(scratch, 'python');
    makePython(document, python, folder);
    const files = ['models.py', 'resources.py', 'async_resources.py'];
    expectSame(files, folder, 'packages/sdk-python/src/lorebox/_generated');
  });

  it('in Go', (context) => {
    const missing = missingGo();
    if (missing) return context.skip(missing);
    const folder = join(scratch, 'go');
    makeGo(document, folder);
    expectSame(['types.gen.go', 'operations.gen.go'], folder, 'packages/sdk-go');
  });

  it('and what they make of operations that the document may get compiles', (context) => {
    const [python, missing] = [preparePythonSdk(), missingGo()];
    if (missing) return context.skip(missing);
    if (typeof python === 'string') return context.skip(python);
    const go = join(scratch, 'sdk-go');
    cpSync(join(ROOT, 'packages/sdk-go'), go, { recursive: true });
    makeGo(grown, go);
    runGo(go, ['vet', './...']);
    const methods = readFileSync(join(go, 'operations.gen.go'), 'utf8');
    expect(methods).toContain('ListPage(ctx context.Context, params *EventsListParams');
    expect(() => expectSame(['operations.gen.go'], go, 'packages/sdk-go')).toThrow(ADVICE);
    const sources = join(scratch, 'sdk-python');
    cpSync(join(ROOT, 'packages/sdk-python/src'), join(sources, 'src'), { recursive: true });
    cpSync(join(ROOT, 'packages/sdk-python/pyproject.toml'), join(sources, 'pyproject.toml'));
    makePython(grown, python, join(sources, 'src/lorebox/_generated'));
    expect(runPython(python.program('mypy'), ['src'], sources)).toContain('no issues');
    const script = 'from lorebox import Lorebox; print(Lorebox("http://x").events.list.__annotations__["return"])';
    const env = { PYTHONPATH: join(sources, 'src') };
    expect(runPython(python.python, ['-c', script], sources, env)).toContain('PageList[models.Event]');
  });
});

/** The document with operations of kinds that it doesn't have yet. */
const grown = structuredClone(document);
const text: Schema = { type: 'string' };
const member = (type: string): Schema => ({
  type: 'object',
  properties: { type: { type: 'string', const: type }, at: { type: 'string', format: 'date-time' }, value: {} },
  required: ['type', 'at'],
});
Object.assign(grown.components.schemas, {
  MadeEvent: member('made'),
  GoneEvent: member('gone'),
  Event: {
    oneOf: [refTo('MadeEvent'), refTo('GoneEvent')],
    discriminator: { propertyName: 'type', mapping: { made: refTo('MadeEvent').$ref, gone: refTo('GoneEvent').$ref } },
  },
  Delivery: {
    type: 'object',
    properties: {
      event: refTo('Event'),
      mixed: { anyOf: [text, { type: 'number' }, { type: 'null' }] },
      headers: { type: 'object', additionalProperties: text },
      tries: { type: 'array', items: { type: 'object', properties: { at: text } } },
    },
    required: ['event'],
  },
  HooksUpdateBody: {
    type: 'object',
    properties: { events: { type: 'array', items: text }, until: { type: ['string', 'null'], format: 'date-time' } },
  },
});
const id = { name: 'hookId', in: 'path', required: true, schema: text };
const since = { name: 'since', in: 'query', required: false, schema: { type: 'string', format: 'date-time' } };
const types = { name: 'types', in: 'query', required: false, schema: { type: 'array', items: text } };
const resume = { name: 'lastEventId', in: 'query', required: false, schema: text };
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const page: Schema = {
  type: 'object',
  properties: { items: { type: 'array', items: refTo('Event') }, nextCursor: { type: ['string', 'null'] } },
};
const stream = { content: { 'text/event-stream': { schema: refTo('Event') } } };
const hooks = { tags: ['hooks'], parameters: [id] };
Object.assign(grown.paths, {
  '/events': {
    get: { operationId: 'eventsList', tags: ['events'], parameters: [since, types], responses: { 200: json(page) } },
  },
  '/events/stream': {
    get: { operationId: 'eventsWatch', tags: ['events'], parameters: [types, resume], responses: { 200: stream } },
  },
  '/hooks/{hookId}': {
    get: { operationId: 'hooksGet', ...hooks, responses: { 200: json(refTo('Event')) } },
    patch: {
      operationId: 'hooksUpdate',
      ...hooks,
      requestBody: json(refTo('HooksUpdateBody')),
      responses: { 200: json(refTo('Delivery')) },
    },
    delete: { operationId: 'hooksDelete', ...hooks, responses: { 204: {} } },
  },
});
