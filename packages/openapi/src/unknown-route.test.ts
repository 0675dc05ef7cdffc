import { expect, it } from 'vitest';
import type { Route } from './routes.ts';
import { describeUnknownRoute } from './unknown-route.ts';

const route = (method: string, path: string) => ({ meta: { method, path } }) as Route;
const routes = [
  route('GET', '/workspaces/{workspace}/documents'),
  route('POST', '/workspaces/{workspace}/documents'),
  route('GET', '/documents/{documentId}'),
];

it('suggests routes with a similar path', () => {
  expect(describeUnknownRoute('GET', '/v1/workspaces/demo/document', '/v1', routes)).toBe(
    'There is no route GET /v1/workspaces/demo/document. ' +
      'Did you mean GET /v1/workspaces/{workspace}/documents, POST /v1/workspaces/{workspace}/documents?',
  );
  expect(describeUnknownRoute('GET', '/v1/nothing', '/v1', routes)).toBe('There is no route GET /v1/nothing.');
  expect(describeUnknownRoute('GET', `/v1/${'x'.repeat(1000)}`, '/v1', routes).length).toBeLessThan(300);
});
