import { z } from 'zod';

export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  default?: unknown;
  description?: string;
  [key: string]: unknown;
}

/** How a `Date` is marked for coercion; in documents it is an ordinary date-time. */
export const DATE_FORMAT = 'x-date';

/**
 * A Zod schema as JSON Schema 2020-12, without touching it. Dates become strings of the format `dateFormat`; what JSON
 * can't say (custom checks, functions) becomes the empty schema. Schemas with `.meta({ id })` are put into `$defs`.
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output', dateFormat = 'date-time'): JsonSchema {
  const result = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // Answers may grow: a client that refuses what it doesn't know would break with the next version.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Unicode classes need a flag that JSON Schema has no place for; half of the validators refuse such a pattern.
      if (typeof jsonSchema.pattern === 'string' && /\\[pP]\{/.test(jsonSchema.pattern)) delete jsonSchema.pattern;
      // The bounds of safe integers are those of JavaScript, and say nothing to others.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      const { def } = zodSchema._zod;
      if (def.type === 'union' && 'discriminator' in def)
        (jsonSchema as JsonSchema).discriminator = { propertyName: def.discriminator as string };
      if (def.type !== 'date') return;
      jsonSchema.type = 'string';
      (jsonSchema as JsonSchema).format = dateFormat;
    },
  }) as JsonSchema;
  delete result.$schema;
  discriminate(result, result);
  return result;
}

/** Unions say which member a value is. OpenAPI allows that where all members have names. */
function discriminate(schema: JsonSchema, root: JsonSchema): void {
  for (const inner of Object.values(schema))
    if (typeof inner === 'object' && inner !== null) discriminate(inner as JsonSchema, root);
  const property = schema.discriminator?.propertyName;
  if (typeof property !== 'string') return;
  const members = (schema.oneOf ?? schema.anyOf ?? []).map(({ $ref = '' }) => {
    const value = resolve({ $ref }, root).properties?.[property]?.const;
    return [value, $ref] as const;
  });
  const isComplete = members.every(([value, ref]) => typeof value === 'string' && ref !== '');
  if (isComplete) schema.discriminator = { propertyName: property, mapping: Object.fromEntries(members) };
  else delete schema.discriminator;
}

/** Follows `#/$defs/...` of the schema that `root` is. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const found = name === undefined ? undefined : root.$defs?.[name];
  if (!found) return schema;
  const { $ref: _, ...beside } = schema;
  return resolve({ ...found, ...beside }, root);
}

/** One object schema of all inputs of a procedure: each `.input()` adds properties. */
export function mergeObjects(schemas: readonly JsonSchema[]): JsonSchema {
  const merged: JsonSchema = { type: 'object', properties: {}, required: [] };
  for (const root of schemas) {
    const { properties, required, $defs } = resolve(root, root);
    merged.properties = { ...merged.properties, ...properties };
    merged.required = [...(merged.required ?? []), ...(required ?? [])];
    if ($defs) merged.$defs = { ...merged.$defs, ...$defs };
  }
  return merged;
}
