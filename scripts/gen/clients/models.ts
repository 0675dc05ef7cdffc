import { nameOf, refTo, type Schema, type Schemas, upperFirst } from './schema.ts';

/** Keywords that only the server enforces, or that would make a client reject responses of the next version. */
const LEFT_OUT = [
  ...['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['minItems', 'maxItems', 'propertyNames', 'default', 'examples', 'contentMediaType'],
];

/**
 * Prepares the schemas of the document for model generators: without limits, which the server checks, and with a name
 * for every object. Omits pages and problems, which are hand-written.
 */
export function toModelSchemas(schemas: Schemas): Schemas {
  const models: Schemas = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (name === 'Problem' || isPage(schema)) continue;
    models[name] = clean(schema, name, true);
  }
  return Object.fromEntries(Object.entries(models).sort(([a], [b]) => (a < b ? -1 : 1)));

  function clean(schema: Schema, name: string, isNamed = false): Schema {
    const kept = Object.fromEntries(
      Object.entries(schema).filter(([keyword]) => !LEFT_OUT.includes(keyword)),
    ) as Schema;
    if (kept.format !== undefined && kept.format !== 'date-time') delete kept.format;
    if (kept.properties) {
      const properties = Object.entries(kept.properties);
      kept.properties = Object.fromEntries(
        properties.map(([key, inner]) => [key, clean(inner, name + upperFirst(key))]),
      );
    }
    if (kept.items) kept.items = clean(kept.items, singular(name));
    if (typeof kept.additionalProperties === 'object')
      kept.additionalProperties = clean(kept.additionalProperties, singular(name));
    for (const union of ['anyOf', 'oneOf'] as const)
      if (kept[union]) kept[union] = kept[union].map((member) => clean(member, name));
    if (isNamed || !kept.properties) return kept;
    if (schemas[name] || models[name]) throw new Error(`an object without a name would become a second ${name}`);
    const { description, ...model } = kept;
    models[name] = model;
    return { ...refTo(name), ...(description !== undefined && { description }) };
  }
}

const isPage = ({ properties }: Schema) =>
  properties?.nextCursor !== undefined && nameOf(properties.items?.items) !== null;

/** Returns the name of a list item: "SearchHitHighlights" -> "SearchHitHighlight". */
const singular = (name: string) => (name.endsWith('s') ? name.slice(0, -1) : `${name}Item`);
