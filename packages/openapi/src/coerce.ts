import { DATE_FORMAT, type JsonSchema, resolve } from './json-schema.ts';

/**
 * Converts client input to the types that the procedure expects. Text (paths, query strings, headers) becomes numbers,
 * booleans, nulls and lists where the schema requires them; ISO dates in text and JSON become `Date`s. Values that
 * don't fit stay unchanged, so that validation can report them.
 */
export function coerceText(given: readonly string[], schema: JsonSchema, root: JsonSchema): unknown {
  const resolved = resolve(schema, root);
  const list = listOf(resolved, root);
  if (list) return given.map((text) => coerceOne(text, list, root));
  return coerceOne(given.at(-1) ?? '', resolved, root);
}

export function coerceJson(value: unknown, schema: JsonSchema, root: JsonSchema): unknown {
  const resolved = resolve(schema, root);
  if (typeof value === 'string') return toDate(value, resolved, root) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const { items } = listItems(resolved, root);
    return items ? value.map((item) => coerceJson(item, items, root)) : value;
  }
  const shapes = alternatives(resolved, root).filter((option) => option.properties || option.additionalProperties);
  const shape = shapes.find((option) => fits(value, option)) ?? shapes[0];
  if (!shape) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const property = Object.hasOwn(shape.properties ?? {}, key)
        ? shape.properties?.[key]
        : shape.additionalProperties;
      return [key, typeof property === 'object' ? coerceJson(item, property, root) : item];
    }),
  );
}

/** Returns whether the constants of an option match the value, which identifies the union member. */
function fits(value: object, { properties = {} }: JsonSchema): boolean {
  return Object.entries(properties).every(
    ([key, property]) => property.const === undefined || (value as Record<string, unknown>)[key] === property.const,
  );
}

function alternatives(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  const nested = schema.anyOf ?? schema.oneOf;
  if (!nested) return [schema];
  return nested.flatMap((option) => alternatives(resolve(option, root), root));
}

function listItems(schema: JsonSchema, root: JsonSchema): { items: JsonSchema | undefined } {
  const list = alternatives(schema, root).find(({ type }) => type === 'array');
  return { items: typeof list?.items === 'object' ? list.items : undefined };
}

/** Returns the item schema if only a list is allowed. A union of text and list takes a single value as text. */
function listOf(schema: JsonSchema, root: JsonSchema): JsonSchema | null {
  const options = alternatives(schema, root).filter(({ type }) => type !== 'null');
  const list = options.find(({ type }) => type === 'array');
  if (!list || options.length > 1) return null;
  return typeof list.items === 'object' ? list.items : {};
}

function coerceOne(text: string, schema: JsonSchema, root: JsonSchema): unknown {
  const options = alternatives(resolve(schema, root), root);
  for (const option of options) {
    if (option.enum?.includes(text) || option.const === text) return text;
  }
  // Text always fits, so other types come first: in a union of text and number, "12" is a number.
  for (const option of options) {
    const value = fromText(text, option);
    if (value !== undefined && value !== text) return value;
  }
  return text;
}

const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function fromText(text: string, { type, format, enum: values, const: only }: JsonSchema): unknown {
  const types = [type].flat();
  const allowed = values ?? (only === undefined ? null : [only]);
  const permit = (value: unknown) => (allowed === null || allowed.includes(value) ? value : undefined);
  const isNumeric = types.includes('number') || types.includes('integer') || typeof allowed?.[0] === 'number';
  if (isNumeric && NUMBER.test(text)) return permit(Number(text));
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return permit(text === 'true');
  if (types.includes('null') && text === 'null') return null;
  if (format === DATE_FORMAT) return parseDate(text);
  return types.includes('string') && allowed === null ? text : undefined;
}

function toDate(text: string, schema: JsonSchema, root: JsonSchema): Date | undefined {
  const options = alternatives(schema, root);
  if (!options.some(({ format }) => format === DATE_FORMAT)) return undefined;
  return parseDate(text);
}

const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

function parseDate(text: string): Date | undefined {
  const date = ISO.test(text) ? new Date(text) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
