import type { AnyTRPCRouter } from '@trpc/server';
import { createComponents } from './components.ts';
import { describeProperties } from './describe-properties.ts';
import { RANGE_HEADERS, sentEvent } from './document-parts.ts';
import { type ExampleValues, exampleOf } from './example.ts';
import { type JsonSchema, resolve, toJsonSchema } from './json-schema.ts';
import { PROBLEM_SCHEMA, PROBLEM_TYPE } from './problem.ts';
import { collectRoutes, type Route } from './routes.ts';

export interface DocumentOptions {
  info: { title: string; version: string; description?: string; license?: { name: string; identifier?: string } };
  /** Base of the paths: "/v1", or a full URL. */
  servers?: { url: string; description?: string }[];
  tags?: { name: string; description?: string }[];
  /** Security schemes in the components. Every operation requires one of them unless it is public. */
  securitySchemes?: Record<string, object>;
  /** Statuses that any operation can return as a problem, with their meaning. */
  problems?: Record<number, string>;
  /** The statuses that an operation can return. Default: all of them. */
  problemsOf?(route: Route): readonly number[];
  /** Values for response examples, by property name. */
  exampleValues?: ExampleValues;
  /** Descriptions for properties and parameters without one, by name. */
  propertyDescriptions?: Readonly<Record<string, string>>;
  /** Requests sent by the server: name -> schema of the body. */
  webhooks?: Record<
    string,
    { summary: string; description?: string; headers?: Headers; body: import('zod').z.ZodType }
  >;
  /** Headers sent with a problem of this status. */
  problemHeaders?: Record<number, Headers>;
}

/** Header name -> description. */
type Headers = Record<string, { description: string; schema?: object }>;

export type OpenApiDocument = {
  openapi: '3.1.0';
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; [kind: string]: unknown };
} & Record<string, unknown>;

interface Operation extends Record<string, unknown> {
  operationId: string;
  responses: Record<string, unknown>;
}

/**
 * Creates the OpenAPI 3.1 document of a router's REST routes. Schemas with `.meta({ id })` become components with that
 * name.
 */
export function createOpenApiDocument(router: AnyTRPCRouter, options: DocumentOptions): OpenApiDocument {
  const { info, servers, tags, securitySchemes } = options;
  const components = createComponents();
  components.add('Problem', PROBLEM_SCHEMA as JsonSchema);
  const problems = Object.entries(options.problems ?? {});
  const paths: OpenApiDocument['paths'] = {};
  for (const route of collectRoutes(router)) {
    const operations = paths[route.meta.path] ?? {};
    paths[route.meta.path] = operations;
    operations[route.meta.method.toLowerCase()] = toOperation(route);
  }
  const sorted = Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)));
  const webhooks = Object.entries(options.webhooks ?? {}).map(([name, { body, headers = {}, ...about }]) => {
    const content = { 'application/json': { schema: components.reference(toJsonSchema(body, 'output'), 'output') } };
    const responses = { '2XX': { description: 'Accepted.' } };
    const parameters = Object.entries(headers).map(([header, { description, schema = { type: 'string' } }]) => {
      return { name: header, in: 'header', required: true, description, schema };
    });
    const requestBody = { required: true, content };
    return [
      name,
      { post: { ...about, operationId: camelCase(name), parameters, requestBody, responses, security: [] } },
    ];
  });
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    info,
    ...(servers && { servers }),
    ...(securitySchemes && { security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })) }),
    ...(tags && { tags }),
    paths: sorted,
    ...(webhooks.length > 0 && { webhooks: Object.fromEntries(webhooks) }),
    components: {
      schemas: components.all(),
      responses: Object.fromEntries(
        problems.map(([status, description]) => {
          const headers = options.problemHeaders?.[Number(status)];
          return [`Problem${status}`, { ...problem(description), ...(headers && { headers: withSchemas(headers) }) }];
        }),
      ),
      ...(securitySchemes && { securitySchemes }),
    },
  };
  if (options.propertyDescriptions) describeProperties(document, options.propertyDescriptions);
  return document;

  function toOperation(route: Route): Operation {
    const { meta } = route;
    const { summary, description, deprecated } = meta;
    const body = requestBody(route);
    const parameters = route.parameters.map((parameter) => toParameter(route, parameter));
    if (route.type === 'subscription') parameters.push(...resumeHeader(route));
    if (meta.download) parameters.push(...RANGE_HEADERS);
    return {
      operationId: meta.operationId ?? camelCase(route.id),
      ...(meta.tags && { tags: [...meta.tags] }),
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      ...(deprecated && { deprecated }),
      ...securityOf(meta),
      ...(parameters.length > 0 && { parameters }),
      ...(body && { requestBody: body }),
      responses: { ...success(route), ...problemsOf(route) },
    };
  }

  function problemsOf(route: Route) {
    const allowed = options.problemsOf?.(route);
    const statuses = problems.map(([status]) => status).filter((status) => allowed?.includes(Number(status)) ?? true);
    return Object.fromEntries(statuses.map((status) => [status, problemRef(status)]));
  }

  /** Returns the example of the procedure, or generates one. */
  function responseExample({ meta }: Route, schema: JsonSchema): { example?: unknown } {
    if (meta.example?.output !== undefined) return { example: meta.example.output };
    if (!options.exampleValues) return {};
    return { example: exampleOf(schema, (name) => components.all()[name], options.exampleValues) };
  }

  function securityOf({ public: isPublic, scopes }: Route['meta']) {
    if (isPublic) return { security: [] };
    if (!scopes) return {};
    return { security: Object.keys(securitySchemes ?? {}).map((name) => ({ [name]: [...scopes] })) };
  }

  /** Returns the input property as documented: dates as date-time. */
  function property(route: Route, name: string): { schema: JsonSchema; isRequired: boolean } {
    for (const parser of route.inputSchemas) {
      const root = toJsonSchema(parser, 'input');
      const object = resolve(root, root);
      const found = object.properties?.[name];
      const isRequired = object.required?.includes(name) ?? false;
      if (found) return { schema: { ...found, ...(root.$defs && { $defs: root.$defs }) }, isRequired };
    }
    return { schema: { type: 'string' }, isRequired: true };
  }

  function toParameter(
    route: Route,
    { property: name, name: wire, in: place, isRequired }: Route['parameters'][number],
  ) {
    const { description, ...schema } = components.reference(property(route, name).schema, 'input');
    return { name: wire, in: place, required: isRequired, ...(description && { description }), schema };
  }

  function resumeHeader(route: Route) {
    if (!route.input.properties?.lastEventId) return [];
    const description = 'Id of the last event you received. The stream continues after it.';
    return [{ name: 'Last-Event-ID', in: 'header' as const, required: false, description, schema: { type: 'string' } }];
  }

  function requestBody({ meta, bodyProperties, ...rest }: Route) {
    if (meta.contentType === 'multipart/form-data') {
      return { required: true, content: { 'multipart/form-data': { schema: meta.form ?? { type: 'object' } } } };
    }
    if (bodyProperties.length === 0) return null;
    const fields = bodyProperties.map((name) => [name, property({ meta, bodyProperties, ...rest }, name)] as const);
    const required = fields.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
    const schema: JsonSchema = {
      type: 'object',
      properties: Object.fromEntries(
        fields.map(([name, field]) => [name, components.reference(field.schema, 'input')]),
      ),
      ...(required.length > 0 && { required }),
    };
    const name = `${upperFirst(meta.operationId ?? camelCase(rest.id))}Body`;
    components.add(name, schema);
    const example = meta.example?.input === undefined ? {} : { example: meta.example.input };
    const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` }, ...example } };
    return { required: required.length > 0, content };
  }

  function success(route: Route): Record<string, unknown> {
    const { meta, type, output } = route;
    const status = String(meta.status ?? 200);
    if (status === '204') return { 204: { description: 'Done.' } };
    const of = (schema: import('zod').z.ZodType) => components.reference(toJsonSchema(schema, 'output'), 'output');
    if (meta.download) return downloads(meta.download);
    if (type !== 'subscription') {
      const schema = output ? of(output) : {};
      const content = { 'application/json': { schema, ...responseExample(route, schema) } };
      return { [status]: { description: 'Success.', content } };
    }
    const event = meta.event ? of(meta.event) : {};
    const collected = meta.collect ? of(meta.collect.schema) : { type: 'array', items: event };
    const stream = sentEvent(event);
    return {
      [status]: {
        description: meta.endless
          ? 'Endless server-sent events. With `Accept: application/json`, the events so far: as soon as there are any, or an empty list after ten seconds.'
          : 'Server-sent events. With `Accept: application/json`, all events at once.',
        content: {
          'text/event-stream': { schema: stream },
          'application/json': { schema: collected, ...responseExample(route, collected) },
        },
      },
      ...(route.input.properties?.lastEventId && { 204: { description: 'No events after that one.' } }),
    };
  }

  function downloads(mediaTypes: readonly string[]) {
    const schema = { type: 'string', format: 'binary' };
    const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));
    const text = (description: string) => ({ description, schema: { type: 'string' } });
    const headers = {
      ETag: text('Changes when the file changes.'),
      'Content-Disposition': text('Contains the file name.'),
    };
    const part = { ...headers, 'Content-Range': text('The returned byte range and the total size.') };
    return {
      200: { description: 'The whole file.', headers, content },
      206: { description: 'The requested `Range`.', headers: part, content },
      304: { description: 'Not modified since the response with that ETag.' },
      416: problem('`RANGE_NOT_SATISFIABLE`: the range starts after the last byte.'),
    };
  }

  function problem(description: string) {
    return { description, content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } };
  }
  function problemRef(status: string) {
    return { $ref: `#/components/responses/Problem${status}` };
  }
}

function withSchemas(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, header]) => [name, { schema: { type: 'string' }, ...header }]),
  );
}

/** "documents.list" -> "documentsList". */
function camelCase(id: string): string {
  return id.replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
