import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import type { z } from 'zod';
import { DATE_FORMAT, type JsonSchema, mergeObjects, toJsonSchema } from './json-schema.ts';
import type { OpenApiMeta, WithOpenApi } from './meta.ts';

/** Where an input property is read from. */
interface Parameter {
  /** Name of the input property. */
  property: string;
  /** Name in the request. Headers can have a different name. */
  name: string;
  in: 'path' | 'query' | 'header';
  isRequired: boolean;
}

export interface Route {
  /** Path of the procedure in the router: "documents.list". */
  id: string;
  type: 'query' | 'mutation' | 'subscription';
  procedure: AnyTRPCProcedure;
  meta: OpenApiMeta;
  parameters: Parameter[];
  /** Properties of the JSON body. Empty if the whole input is in parameters or in a form. */
  bodyProperties: string[];
  /** The whole input, with dates marked for coercion. */
  input: JsonSchema;
  inputSchemas: readonly z.ZodType[];
  output: z.ZodType | null;
}

const WITHOUT_BODY: readonly string[] = ['GET', 'DELETE'];
/** tRPC passes the id to resume after as this input property. */
export const RESUME_PROPERTY = 'lastEventId';

/**
 * Returns the route of every procedure with `meta.openapi`, fixed paths before those with parameters. @throws if a
 * procedure can't be a route.
 */
export function collectRoutes(router: AnyTRPCRouter): Route[] {
  const procedures = router._def.procedures as Record<string, AnyTRPCProcedure>;
  const routes = Object.entries(procedures).flatMap(([id, procedure]) => {
    const meta = (procedure._def.meta as WithOpenApi | undefined)?.openapi;
    return meta ? [toRoute(id, procedure, meta)] : [];
  });
  const seen = new Map<string, string>();
  for (const { id, meta } of routes) {
    const name = `${meta.method} ${meta.path.replace(/\{[^{}]*\}/g, '{}')}`;
    const other = seen.get(name);
    if (other) throw new Error(`${id} and ${other} have the same route: ${name}`);
    seen.set(name, id);
  }
  return routes.sort((a, b) => pathParameters(a.meta.path).length - pathParameters(b.meta.path).length);
}

interface ProcedureDef {
  type: Route['type'];
  inputs?: readonly z.ZodType[];
  output?: z.ZodType;
}

function toRoute(id: string, procedure: AnyTRPCProcedure, meta: OpenApiMeta): Route {
  const { type, inputs = [], output = null } = procedure._def as unknown as ProcedureDef;
  const isForm = meta.contentType === 'multipart/form-data';
  const schemas = isForm ? [] : inputs.map((schema) => toJsonSchema(schema, 'input', DATE_FORMAT));
  const input = mergeObjects(schemas);
  const properties = Object.keys(input.properties ?? {});
  const inPath = pathParameters(meta.path);
  const lost = isForm ? [] : inPath.filter((name) => !properties.includes(name));
  if (lost.length > 0) throw new Error(`${id}: the path parameter {${lost[0]}} is missing from the input`);
  const parameters = inPath.map((name): Parameter => ({ property: name, name, in: 'path', isRequired: true }));
  for (const [name, property] of Object.entries(meta.headers ?? {})) {
    if (!properties.includes(property))
      throw new Error(`${id}: the header ${name} maps to a property that is missing from the input`);
    parameters.push({ property, name, in: 'header', isRequired: isRequired(input, property) });
  }
  const rest = properties.filter((name) => !parameters.some(({ property }) => property === name));
  const hasBody = !WITHOUT_BODY.includes(meta.method);
  if (!hasBody) {
    for (const name of rest)
      parameters.push({ property: name, name, in: 'query', isRequired: isRequired(input, name) });
  }
  return {
    ...{ id, type, procedure, meta, parameters, input, output },
    bodyProperties: hasBody ? rest : [],
    inputSchemas: isForm ? [] : inputs,
  };
}

function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string);
}

function isRequired(input: JsonSchema, property: string): boolean {
  return input.required?.includes(property) ?? false;
}
