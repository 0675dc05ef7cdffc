import type { JsonSchema } from './json-schema.ts';

/** The parts of a document with properties. */
interface Described {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, JsonSchema> };
}

interface Parameter {
  name: string;
  description?: string;
}

/** Adds descriptions to properties and parameters without one, in place: by "Schema.property", otherwise by name. */
export function describeProperties(
  { paths, components }: Described,
  descriptions: Readonly<Record<string, string>>,
): void {
  for (const [name, schema] of Object.entries(components.schemas)) visit(schema, name);
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const parameter of (operation as { parameters?: Parameter[] }).parameters ?? [])
      parameter.description ??= descriptions[parameter.name] ?? '';
    visit(operation, '');
  }

  function visit(value: unknown, component: string): void {
    if (typeof value !== 'object' || value === null) return;
    const { properties } = value as JsonSchema;
    for (const [name, property] of Object.entries(properties ?? {})) {
      const description = descriptions[`${component}.${name}`] ?? descriptions[name];
      if (typeof property !== 'object' || property.description !== undefined || description === undefined) continue;
      property.description = description;
    }
    for (const [key, inner] of Object.entries(value)) if (!EXAMPLES.includes(key)) visit(inner, component);
  }
}

const EXAMPLES = ['example', 'examples', 'default'];

/** Lists missing descriptions: "Book.title", "GET /books: limit". */
export function listUndescribed({ paths, components }: Described): string[] {
  const schemas = Object.entries(components.schemas).flatMap(([name, schema]) => missingIn(schema, name));
  const parameters = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      ((operation as { parameters?: Parameter[] }).parameters ?? [])
        .filter(({ description }) => !description)
        .map(({ name }) => `${method.toUpperCase()} ${path}: ${name}`),
    ),
  );
  return [...schemas, ...parameters];
}

function missingIn(schema: JsonSchema, path: string): string[] {
  const inner = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((each) =>
    typeof each === 'object' ? missingIn(each, path) : [],
  );
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(property.description || property.$ref || property.const !== undefined ? [] : [`${path}.${name}`]),
    ...missingIn(property, `${path}.${name}`),
  ]);
  return [...own, ...inner];
}
