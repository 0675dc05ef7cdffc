/** The JSON Schema keywords used in the REST document. */
export interface Schema {
  /** Schema of JSON inside a string. */
  contentSchema?: Schema;
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: string[];
  const?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  [keyword: string]: unknown;
}

export type Schemas = Record<string, Schema>;

const PREFIX = '#/components/schemas/';

export const refTo = (name: string): Schema => ({ $ref: PREFIX + name });

/** Returns "Workspace" for `{ $ref: "#/components/schemas/Workspace" }`. */
export function nameOf(schema: Schema | undefined): string | null {
  return schema?.$ref?.startsWith(PREFIX) ? schema.$ref.slice(PREFIX.length) : null;
}

/** Returns the schema without null, and whether it allowed null. */
export function withoutNull(schema: Schema): { schema: Schema; isNullable: boolean } {
  const { type, anyOf, ...rest } = schema;
  if (Array.isArray(type) && type.includes('null'))
    return { schema: { ...rest, type: type.find((name) => name !== 'null') as string }, isNullable: true };
  const others = anyOf?.filter((member) => member.type !== 'null') ?? [];
  if (!anyOf || others.length === anyOf.length) return { schema, isNullable: false };
  return { schema: others.length === 1 ? { ...rest, ...others[0] } : { ...rest, anyOf: others }, isNullable: true };
}

export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** "api-keys" -> "apiKeys". */
export const camelCase = (text: string) => text.replace(/[^a-zA-Z0-9]+(.)/g, (_, next: string) => next.toUpperCase());
