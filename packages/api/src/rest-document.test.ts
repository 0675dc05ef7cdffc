import { collectRoutes, listUndescribed } from '@lorebox/openapi';
import { describe, expect, it } from 'vitest';
import { createRestDocument } from './rest-document.ts';
import { appRouter } from './router.ts';

/** Procedures without a REST route, each with its reason. */
const EXCEPTIONS: Record<string, string> = {};

const document = createRestDocument('1.2.3');
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

describe('the REST surface', () => {
  it('has a route for every procedure', () => {
    const routes = new Set(collectRoutes(appRouter).map(({ id }) => id));
    const without = Object.keys(appRouter._def.procedures).filter((id) => !routes.has(id) && !(id in EXCEPTIONS));
    expect(without).toEqual([]);
    expect(operations).toHaveLength(routes.size);
  });

  it('has a summary, a tag and a response schema for every operation', () => {
    const tags = (document.tags as { name: string }[]).map(({ name }) => name);
    for (const operation of operations) {
      expect(operation.summary, operation.operationId).toMatch(/^[A-Z]/);
      expect(tags, operation.operationId).toContain((operation.tags as string[])[0]);
      const [success] = Object.values(operation.responses) as { content?: Record<string, { schema?: object }> }[];
      for (const { schema } of Object.values(success?.content ?? {})) {
        expect(Object.keys(schema ?? {}), operation.operationId).not.toEqual([]);
      }
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('has a description of every property and parameter', () => {
    expect(listUndescribed(document)).toEqual([]);
  });

  it('has an example of every JSON response', () => {
    const without = operations.flatMap(({ operationId, responses }) =>
      (Object.values(responses) as { content?: Record<string, { example?: unknown }> }[])
        .filter(({ content }) => content?.['application/json'] && content['application/json'].example === undefined)
        .map(() => operationId),
    );
    expect(without).toEqual([]);
  });

  it('lists only errors that an operation can answer with', () => {
    const statusesOf = (id: string) =>
      Object.keys(operations.find(({ operationId }) => operationId === id)?.responses ?? {}).filter((s) => s >= '400');
    expect(statusesOf('authMe')).toEqual(['401', '403', '429', '500', '503']);
    expect(statusesOf('workspacesGet')).toEqual(['400', '401', '403', '404', '429', '500', '503']);
    expect(statusesOf('documentsDelete')).toEqual(['400', '401', '403', '404', '429', '500', '503', '507']);
    expect(statusesOf('documentsUpload')).toContain('413');
  });

  it('has no JavaScript integer bounds', () => {
    expect(JSON.stringify(document)).not.toContain('9007199254740991');
  });

  it('has an absolute server URL', () => {
    expect(document.servers).toEqual([{ url: 'http://127.0.0.1:3001/v1', description: 'Your server' }]);
    expect(createRestDocument('1', 'https://lorebox.example.com').servers).toMatchObject([
      { url: 'https://lorebox.example.com/v1' },
    ]);
  });

  it('refers only to existing components', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    for (const [, kind, name] of references) {
      const components = document.components as Record<string, Record<string, unknown>>;
      expect(components[kind as string], name).toHaveProperty(name as string);
    }
    expect(text).not.toContain('$defs');
  });
});

describe('the examples', () => {
  const withExample = collectRoutes(appRouter).filter(({ meta }) => meta.example?.input !== undefined);

  it('exist for the most common requests', () => {
    const ids = withExample.map(({ id }) => id);
    for (const id of ['workspaces.create', 'documents.importTexts', 'chat.answer', 'search', 'webhooks.create']) {
      expect(ids).toContain(id);
    }
  });

  it.each(withExample.map((route) => [route.id, route] as const))('contain valid input for %s', (_, route) => {
    const given = route.meta.example?.input as object;
    expect(Object.keys(given).filter((name) => !route.bodyProperties.includes(name))).toEqual([]);
    const inPath = Object.fromEntries(route.parameters.map(({ property }) => [property, 'x']));
    for (const schema of route.inputSchemas) expect(schema.safeParse({ ...inPath, ...given }).error).toBeUndefined();
  });
});
