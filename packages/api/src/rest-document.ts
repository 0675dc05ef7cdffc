import { ERROR_CODES } from '@lorebox/contract/errors';
import { EVENT_TYPES, LoreboxEvent } from '@lorebox/contract/event';
import { createOpenApiDocument, type DocumentOptions, type OpenApiDocument } from '@lorebox/openapi';
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
  jobs: 'Work that outlives a request: ingests, and what clears up after deletions.',
  events: 'What has happened, as a list and as a stream.',
  evals: 'Golden questions per workspace, and what retrieval and answers are worth when measured with them.',
  webhooks: 'The same events, sent to an address (Standard Webhooks): signed, tried again, with a log.',
  sources: 'Places that documents are synced from: websites, folders, repositories, mailboxes.',
  settings: 'What an admin can change while the server runs.',
  audit: 'Who did what: security events, for admins.',
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
        '`Idempotency-Key`: sent again within a day, they get the first answer and change nothing. Where requests are limited, ' +
        'answers carry `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/v1', description: 'This server' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, or the token of a session.' },
      apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
    },
    problems: describeErrors(),
    problemHeaders: { 429: LIMIT_HEADERS },
    webhooks: describeWebhooks(),
  });
}

const integer = { type: 'integer' };
const LIMIT_HEADERS = {
  'Retry-After': { description: 'Seconds to wait.', schema: integer },
  'RateLimit-Limit': { description: 'Requests per minute.', schema: integer },
  'RateLimit-Remaining': { description: 'What is left of them.', schema: integer },
  'RateLimit-Reset': { description: 'Seconds until all of them are there again.', schema: integer },
  'RateLimit-Policy': { description: 'Limit and window: `600;w=60`.' },
};

const SIGNATURE_HEADERS = {
  'webhook-id': { description: 'The id of the event; the same with every try.' },
  'webhook-timestamp': {
    description: 'When this try was sent, in seconds since 1970. Refuse what is older than five minutes.',
  },
  'webhook-signature': {
    description:
      '`v1,` and the base 64 of HMAC-SHA-256 over `{webhook-id}.{webhook-timestamp}.{body}`; after a change of the secret, two of ' +
      'them with a space between.',
  },
};

function describeWebhooks(): DocumentOptions['webhooks'] {
  return Object.fromEntries(
    LoreboxEvent.options.map((body) => {
      const [type] = [...body.shape.type.values];
      if (type === undefined) throw new Error('an event without a type');
      return [type, { summary: EVENT_TYPES[type], headers: SIGNATURE_HEADERS, body }];
    }),
  );
}

/** What no operation that is described can answer, or only those that say so. */
const NOT_ANYWHERE: readonly number[] = [405, 416];

/** One entry per status: the codes that it comes with. */
function describeErrors(): Record<number, string> {
  const byStatus: Record<number, string[]> = {};
  for (const [code, { http, message, remedy }] of Object.entries(ERROR_CODES)) {
    if (!NOT_ANYWHERE.includes(http)) byStatus[http] = [...(byStatus[http] ?? []), `\`${code}\`: ${message} ${remedy}`];
  }
  return Object.fromEntries(Object.entries(byStatus).map(([status, lines]) => [status, lines.join('\n\n')]));
}
