import { ERROR_CODES } from '@lorebox/contract/errors';
import { createOpenApiDocument, type OpenApiDocument } from '@lorebox/openapi';
import { appRouter } from './router.ts';

const TAGS = {
  workspaces: 'Documents, threads and settings that belong together, and who may see them.',
  documents: 'What is asked: files, texts and pages, and how far their ingest is.',
  search: 'Passages, without an answer.',
  chat: 'Questions and their answers, with citations that can be checked.',
  threads: 'Conversations and their messages.',
  models: 'Language models that can be asked.',
  users: 'People, for admins.',
  'api-keys': 'Keys for programs.',
  auth: 'Sessions, for browsers and for people.',
  system: 'The state of the installation.',
};

/** The OpenAPI document of the REST surface, as `/openapi.json` serves it. */
export function createRestDocument(version: string): OpenApiDocument {
  return createOpenApiDocument(appRouter, {
    info: {
      title: 'Lorebox',
      version,
      description:
        'Ask your documents, get answers with citations you can check.\n\nLists take `limit` and `cursor`; `nextCursor`, and the `Link` ' +
        'header, lead to the next page. Errors are problem details (RFC 9457) with a stable `code`. POST requests may carry an ' +
        '`Idempotency-Key`: sent again within a day, they get the first answer and change nothing.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/v1', description: 'This server' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, or the token of a session.' },
      apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
    },
    problems: describeErrors(),
  });
}

/** One entry per status: the codes that it comes with. */
function describeErrors(): Record<number, string> {
  const byStatus: Record<number, string[]> = {};
  for (const [code, { http, message }] of Object.entries(ERROR_CODES)) {
    byStatus[http] = [...(byStatus[http] ?? []), `\`${code}\`: ${message}`];
  }
  return Object.fromEntries(Object.entries(byStatus).map(([status, lines]) => [status, lines.join('\n\n')]));
}
