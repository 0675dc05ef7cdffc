// Generates the methods of the Python client, for `Lorebox` and `AsyncLorebox`. Models come from
// datamodel-code-generator.
import type { Field, Operation } from './operations.ts';
import { nameOf, type Schema, type Schemas, upperFirst, withoutNull } from './schema.ts';

export interface PythonFlavour {
  isAsync: boolean;
  /** Descriptions of the resources, by name. */
  about: Record<string, string>;
}

const KEYWORDS = new Set(['and', 'as', 'async', 'class', 'def', 'del', 'for', 'from', 'global', 'import', 'in', 'is']);
for (const word of [
  'lambda',
  'not',
  'or',
  'pass',
  'print',
  'raise',
  'return',
  'self',
  'try',
  'with',
  'yield',
  'options',
])
  KEYWORDS.add(word);

/** "externalId" -> "external_id". Must be the inverse of Pydantic's to_camel. */
export function snakeCase(name: string): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const back = snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  if (back !== name || snake.startsWith('_')) throw new Error(`${name}: can't be told from its Python name ${snake}`);
  return KEYWORDS.has(snake) ? `${snake}_` : snake;
}

/** Generates the module with all resources and the methods of the client itself. */
export function pythonResources(operations: readonly Operation[], flavour: PythonFlavour): string {
  const prefix = flavour.isAsync ? 'Async' : '';
  const groups = Map.groupBy(operations, ({ resource }) => resource);
  const resources = [...groups.keys()].filter((name) => name !== null);
  const classes = resources.map((resource) => {
    const methods = (groups.get(resource) ?? []).map((operation) => toMethod(operation, flavour));
    return `class ${prefix}${upperFirst(resource)}(${prefix}Resource):\n    ${docstring([flavour.about[resource] ?? resource], 4)}\n\n${methods.join('\n')}`;
  });
  const attributes = resources.map(
    (name) => `        self.${snakeCase(name)} = ${prefix}${upperFirst(name)}(caller)\n`,
  );
  const own = (groups.get(null) ?? []).map((operation) => toMethod(operation, flavour));
  return `# Generated from docs/openapi.json by scripts/gen/clients.ts. Changes here are lost.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from typing_extensions import Unpack

from .${flavour.isAsync ? '._async_caller' : '._caller'} import ${prefix}Caller, ${prefix}Resource
from .._options import CallOptions
from .${flavour.isAsync ? '._async_streams' : '._streams'} import ${prefix}AnswerStream, ${prefix}EventStream
from .${flavour.isAsync ? '._async_pages' : '._pages'} import ${prefix}PageList
from .._request import OMIT, Omit, Request, given, segment
from . import models

${classes.join('\n\n')}

class ${prefix}Operations(${prefix}Resource):
    """One object per resource, and what belongs to none."""

    def __init__(self, caller: ${prefix}Caller) -> None:
        super().__init__(caller)
${attributes.join('')}
${own.join('\n')}`;
}

function toMethod(operation: Operation, { isAsync }: PythonFlavour): string {
  const { name, result, body, pathParameters } = operation;
  const needed = [...pathParameters, ...[...operation.query, ...(body?.fields ?? [])].filter((f) => f.isRequired)];
  const optional = [...operation.query, ...(body?.fields ?? [])].filter((f) => !f.isRequired);
  const names = [...needed, ...optional].map((field) => field.name);
  const twice = names.find((field, i) => names.indexOf(field) !== i);
  if (twice) throw new Error(`${operation.id}: two parameters are called ${twice}`);
  const parameters = [
    'self',
    ...needed.map((field) => `${snakeCase(field.name)}: ${toType(field.schema)}`),
    ...(result.kind === 'stream' && result.isResumable ? ['last_event_id: str | None = None'] : []),
    ...(optional.length > 0 ? ['*'] : []),
    ...optional.map((field) => `${snakeCase(field.name)}: ${toType(field.schema)} | Omit = OMIT`),
    '**options: Unpack[CallOptions]',
  ];
  const lines = [
    ...(body ? [`body = models.${body.name}.model_validate(${given(body.fields, snakeCase)})`] : []),
    `request = Request(${requestArguments(operation).join(', ')})`,
    `return ${call(result, isAsync)}`,
  ];
  const head = isAsync && !['page', 'stream'].includes(result.kind) ? 'async def' : 'def';
  return `    ${head} ${snakeCase(name)}(${parameters.join(', ')}) -> ${returnType(result, isAsync)}:
        ${describe(operation, [...needed, ...optional])}
${lines.map((line) => `        ${line}\n`).join('')}`;
}

function requestArguments({ method, path, query, body, result }: Operation): string[] {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => `{segment(${snakeCase(name)})}`);
  return [
    `"${method}"`,
    `${filled === path ? '' : 'f'}"${filled}"`,
    ...(query.length > 0 ? [`query=${given(query, (name) => name)}`] : []),
    ...(body ? ['body=body'] : []),
    ...(result.kind === 'stream' && result.isResumable ? ['is_resumable=True'] : []),
  ];
}

const given = (fields: readonly Field[], keyOf: (name: string) => string) =>
  `given(${fields.map(({ name }) => `${keyOf(name)}=${snakeCase(name)}`).join(', ')})`;

function call(result: Operation['result'], isAsync: boolean): string {
  const wait = isAsync ? 'await ' : '';
  switch (result.kind) {
    case 'none':
      return `${wait}self._caller.do(request, options)`;
    case 'model':
      return `${wait}self._caller.call(request, models.${result.name}, options)`;
    case 'field':
      return `${wait}self._caller.call_field(request, "${result.property}", ${toType(result.schema)}, options)`;
    case 'page':
      return `self._caller.list(request, models.${result.item}, options)`;
    case 'stream':
      return `self._caller.stream(request, models.${result.event}, options${result.isResumable ? ', last_event_id' : ''})`;
    case 'answer':
      return `${wait}self._caller.ask(request, options)`;
  }
}

function returnType(result: Operation['result'], isAsync: boolean): string {
  const prefix = isAsync ? 'Async' : '';
  switch (result.kind) {
    case 'none':
      return 'None';
    case 'model':
      return `models.${result.name}`;
    case 'field':
      return toType(result.schema);
    case 'page':
      return `${prefix}PageList[models.${result.item}]`;
    case 'stream':
      return `${prefix}EventStream[models.${result.event}]`;
    case 'answer':
      return `${prefix}AnswerStream`;
  }
}

/** Returns the Python type of an input schema. */
function toType(given: Schema): string {
  const { schema, isNullable } = withoutNull(given);
  return isNullable ? `${plainType(schema)} | None` : plainType(schema);
}

function plainType(schema: Schema): string {
  const name = nameOf(schema);
  if (name !== null) return `models.${name}`;
  if (schema.enum) return 'str';
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return [...new Set(union.map(toType))].join(' | ');
  if (schema.type === 'string') return schema.format === 'date-time' ? 'datetime' : 'str';
  if (schema.type === 'array') {
    const item = schema.items ?? {};
    // A dict in place of a model is validated by the model.
    return `Sequence[${toType(item)}${isModel(item) ? ' | Mapping[str, Any]' : ''}]`;
  }
  if (schema.type === 'object')
    return `Mapping[str, ${typeof schema.additionalProperties === 'object' ? toType(schema.additionalProperties) : 'Any'}]`;
  if (schema.type === undefined) return 'Any';
  const scalars: Record<string, string> = { integer: 'int', number: 'float', boolean: 'bool' };
  const scalar = scalars[String(schema.type)];
  if (scalar === undefined) throw new Error(`no Python type for ${JSON.stringify(schema)}`);
  return scalar;
}

/** Set by `pythonModels`: names that are classes instead of aliases of strings or unions. */
const classes = new Set<string>();
const isModel = (schema: Schema) => classes.has(nameOf(schema) ?? '');

const RESUME: Field = {
  ...{ name: 'lastEventId', schema: {}, isRequired: false },
  description: 'Begins after this event. A line that drops is picked up by itself.',
};

function describe(
  { summary, description, method, path, isDeprecated, result }: Operation,
  fields: readonly Field[],
): string {
  const described = fields.filter((field) => field.description !== '');
  if (result.kind === 'stream' && result.isResumable) described.push(RESUME);
  return docstring(
    [
      `${summary.replace(/\.$/, '')}.`,
      ...(isDeprecated ? ['Deprecated.'] : []),
      ...(description ? [description] : []),
      ...(described.length > 0
        ? [`Args:\n${described.map((field) => `    ${snakeCase(field.name)}: ${field.description}`).join('\n')}`]
        : []),
      `REST: \`\`${method} ${path}\`\``,
    ],
    8,
  );
}

function docstring(paragraphs: string[], indent: number): string {
  const pad = ' '.repeat(indent);
  const text = paragraphs.join('\n\n').replace(/\\/g, '\\\\').replace(/"""/g, "'''");
  const lines = text.split('\n').flatMap((line) => wrap(line, 100 - indent));
  const body = lines.map((line, i) => (line === '' || i === 0 ? line : pad + line)).join('\n');
  return lines.length === 1 ? `"""${body}"""` : `"""${body}\n${pad}"""`;
}

function wrap(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const pad = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= pad.length) break;
    lines.push(rest.slice(0, at));
    rest = `${pad}    ${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}

/** Prepares the schemas for the Python models. */
export function pythonModels(schemas: Schemas, sentOnly: ReadonlySet<string>): Schemas {
  classes.clear();
  for (const [name, { properties }] of Object.entries(schemas)) if (properties) classes.add(name);
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const open = openEnums(schema) as Schema;
      // The server would silently ignore a misspelled field.
      return [name, sentOnly.has(name) && open.properties ? { ...open, additionalProperties: false } : open];
    }),
  );
}

/** A client that knows five states must not fail when the next server version adds a sixth. */
function openEnums(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(openEnums);
  if (typeof value !== 'object' || value === null) return value;
  const { enum: values, type, ...rest } = value as Schema;
  if (values && type === 'string') return { ...rest, anyOf: [{ type, enum: values }, { type }] };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, openEnums(inner)]));
}
