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

/** Format that marks a `Date` for coercion. In documents it is an ordinary date-time. */
export const DATE_FORMAT = 'x-date';

/**
 * Converts a Zod schema to JSON Schema 2020-12 without modifying it. Dates become strings with the format `dateFormat`;
 * anything that JSON Schema can't express (custom checks, functions) becomes the empty schema. Schemas with `.meta({ id
 * })` go to `$defs`.
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output', dateFormat = 'date-time'): JsonSchema {
  const result = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // Outputs can gain properties: clients that reject unknown ones would break with the next version.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Unicode classes need a flag that JSON Schema can't express. Half of the validators reject such a pattern.
      if (typeof jsonSchema.pattern === 'string' && /\\[pP]\{/.test(jsonSchema.pattern)) delete jsonSchema.pattern;
      // The safe-integer bounds are specific to JavaScript and mean nothing to other clients.
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

/** Adds a discriminator to unions. OpenAPI allows one if all members have names. */
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

/** Resolves `#/$defs/...` in the schema `root`. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const found = name === undefined ? undefined : root.$defs?.[name];
  if (!found) return schema;
  const { $ref: _, ...beside } = schema;
  return resolve({ ...found, ...beside }, root);
}

/** Merges all inputs of a procedure into one object schema: each `.input()` adds properties. */
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
