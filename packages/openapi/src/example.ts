import type { JsonSchema } from './json-schema.ts';

/** Values for an example, by property name. Other values are generated from the schema. */
export type ExampleValues = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 8;
const PREFIX = '#/components/schemas/';
const TIME = '2026-01-15T09:30:00.000Z';

/** Returns a value that the schema allows, with a single item in each list. `lookUp` resolves a component schema. */
export function exampleOf(
  schema: JsonSchema,
  lookUp: (name: string) => JsonSchema | undefined,
  values: ExampleValues,
): unknown {
  return toExample(schema, '', 0);

  function toExample(given: JsonSchema, name: string, depth: number): unknown {
    const found = given.$ref?.startsWith(PREFIX) ? lookUp(given.$ref.slice(PREFIX.length)) : given;
    if (!found || depth > MAX_DEPTH) return null;
    if (found.const !== undefined) return found.const;
    if (found.default !== undefined) return found.default;
    const options = found.anyOf ?? found.oneOf;
    const isNullable = options?.some(({ type }) => type === 'null') ?? false;
    const isFitting = name in values && (values[name] !== null || isNullable);
    if (isFitting && !found.properties) return values[name];
    if (found.enum) return found.enum[0];
    if (options) return toExample(options.find(({ type }) => type !== 'null') ?? {}, name, depth + 1);
    const type = Array.isArray(found.type) ? found.type.find((each) => each !== 'null') : found.type;
    if (type === 'object') return toObject(found, depth);
    if (type === 'array') return typeof found.items === 'object' ? [toExample(found.items, name, depth + 1)] : [];
    return toScalar(type, found, name);
  }

  function toObject({ properties = {} }: JsonSchema, depth: number): Record<string, unknown> {
    const entries = Object.entries(properties).map(([name, property]) => [name, toExample(property, name, depth + 1)]);
    return Object.fromEntries(entries);
  }
}

function toScalar(type: string | undefined, { format, minimum }: JsonSchema, name: string): unknown {
  if (type === 'boolean') return /^(?:is|has|can)[A-Z]|^enabled$|^approved$/.test(name);
  if (type === 'integer' || type === 'number') return typeof minimum === 'number' ? Math.max(minimum, 1) : 1;
  if (type !== 'string') return null;
  return format === 'date-time' ? TIME : 'text';
}
