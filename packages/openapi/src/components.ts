import type { JsonSchema } from './json-schema.ts';

const PREFIX = '#/components/schemas/';
const LOCAL = '#/$defs/';

export interface Components {
  add(name: string, schema: JsonSchema): void;
  /** Returns the schema with its `$defs` moved to the components and its references rewritten. */
  reference(schema: JsonSchema, io: 'input' | 'output'): JsonSchema;
  /** By name. */
  all(): Record<string, JsonSchema>;
}

/** Named schemas of one document. Schemas that differ between input and output get a separate name for the input. */
export function createComponents(): Components {
  const schemas = new Map<string, JsonSchema>();

  function nameFor(name: string, schema: JsonSchema, io: 'input' | 'output'): string {
    const candidates = io === 'output' ? [name, `${name}Output`] : [name, `${name}Input`];
    for (const candidate of candidates) {
      const known = schemas.get(candidate);
      if (!known || JSON.stringify(known) === JSON.stringify(schema)) return candidate;
    }
    throw new Error(`two different schemas have the id "${name}"`);
  }

  function reference({ $defs = {}, ...schema }: JsonSchema, io: 'input' | 'output'): JsonSchema {
    const names = new Map<string, string>();
    // Definitions can refer to each other, so all names are chosen before anything is stored.
    for (const [name, definition] of Object.entries($defs)) {
      const rewritten = rewriteRefs(strip(definition), (other) => other);
      names.set(name, nameFor(name, rewritten, io));
      schemas.set(names.get(name) as string, rewritten);
    }
    return rewriteRefs(strip(schema), (name) => names.get(name) ?? name);
  }

  return {
    add: (name, schema) => void schemas.set(name, schema),
    reference,
    all: () => Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Removes `id` and `$schema`, which the name of the definition already implies. */
function strip({ id: _, $schema: __, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Rewrites every `#/$defs/X` to the component that `rename` returns for X. */
function rewriteRefs(schema: JsonSchema, rename: (name: string) => string): JsonSchema {
  const bendOne = (value: unknown) =>
    typeof value === 'string' && value.startsWith(LOCAL) ? PREFIX + rename(value.slice(LOCAL.length)) : value;
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === '$ref') return bendOne(value);
    if (key !== 'discriminator' || !value?.mapping) return splitTypes(value);
    const mapping = Object.entries(value.mapping).map(([name, target]) => [name, bendOne(target)]);
    return { ...value, mapping: Object.fromEntries(mapping) };
  });
}

/**
 * Converts `type: [string, number]` to the equivalent `anyOf`, because several client generators only support the
 * latter.
 */
function splitTypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || !Array.isArray(value.type)) return value;
  const { type, ...rest } = value;
  const names: unknown[] = type;
  return names.filter((name) => name !== 'null').length < 2
    ? value
    : { ...rest, anyOf: names.map((name) => ({ type: name })) };
}
