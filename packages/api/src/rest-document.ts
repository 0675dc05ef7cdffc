import { ERROR_CODES } from '@lorebox/contract/errors';
import { EVENT_TYPES, LoreboxEvent } from '@lorebox/contract/event';
import { createOpenApiDocument, type DocumentOptions, type OpenApiDocument } from '@lorebox/openapi';
import { EXAMPLE_VALUES } from './example-values.ts';
import { statusesOf } from './operation-statuses.ts';
import { PROPERTY_DESCRIPTIONS } from './property-descriptions.ts';
import { appRouter } from './router.ts';

const TAGS = {
  workspaces: 'Documents, threads and settings that belong together, and their members.',
  documents: 'Files, texts and pages to search and ask, with their ingest status.',
  search: 'Search for passages without generating an answer.',
  chat: 'Questions and answers, with citations you can check.',
  threads: 'Conversations and their messages.',
  shares: 'Links with which everyone can read a thread.',
  comments: 'Comments on questions and answers, with mentions.',
  prompts: 'The prompts library of a user or a workspace.',
  widgets: 'Chat widgets for websites, and the conversations of their visitors.',
  models: 'Available language models.',
  users: 'User accounts. Admins only.',
  invites: 'Links with which people create their own account.',
  'api-keys': 'API keys for programs.',
  auth: 'Login sessions for people and browsers.',
  jobs: 'Background work: ingests, and cleanup after deletions.',
  events: 'Events in the installation, as a list and as a stream.',
  evals: 'Test questions with known answers, and eval runs that measure retrieval and answers.',
  webhooks: 'Events sent to your URL (Standard Webhooks): signed, retried and logged.',
  sources: 'Places to sync documents from: websites, folders, repositories, mailboxes.',
  settings: 'Settings that admins can change while the server runs.',
  audit: 'Security events: who did what. Admins only.',
  system: 'Status of the installation.',
};

const DEFAULT_ORIGIN = 'http://127.0.0.1:3001';

/** Creates the OpenAPI document of the REST surface, as served at `/openapi.json`. */
export function createRestDocument(version: string, origin = DEFAULT_ORIGIN): OpenApiDocument {
  return createOpenApiDocument(appRouter, {
    info: {
      title: 'Lorebox',
      version,
      description:
        'Ask your documents and get answers with citations you can check.\n\nLists take `limit` and `cursor`. To get the next page, use `nextCursor` or the `Link` ' +
        'header. Errors are problem details (RFC 9457) with a stable `code`. POST requests accept an ' +
        '`Idempotency-Key`: if you repeat the request within a day, you get the first response and nothing changes. Rate-limited ' +
        'responses include `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${origin}/v1`, description: 'Your server' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'An API key or a session token.' },
      apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
    },
    problems: describeErrors(),
    problemsOf: statusesOf,
    exampleValues: EXAMPLE_VALUES,
    propertyDescriptions: PROPERTY_DESCRIPTIONS,
    problemHeaders: { 429: LIMIT_HEADERS },
    webhooks: describeWebhooks(),
  });
}

const integer = { type: 'integer' };
const LIMIT_HEADERS = {
  'Retry-After': { description: 'Seconds to wait.', schema: integer },
  'RateLimit-Limit': { description: 'Request limit per minute.', schema: integer },
  'RateLimit-Remaining': { description: 'Remaining requests.', schema: integer },
  'RateLimit-Reset': { description: 'Seconds until the limit resets.', schema: integer },
  'RateLimit-Policy': { description: 'Limit and window: `600;w=60`.' },
};

const SIGNATURE_HEADERS = {
  'webhook-id': { description: 'Event id. The same for every delivery attempt.' },
  'webhook-timestamp': {
    description: 'Time of this attempt in seconds since 1970. Reject requests older than five minutes.',
  },
  'webhook-signature': {
    description:
      '`v1,` followed by the base64 HMAC-SHA-256 of `{webhook-id}.{webhook-timestamp}.{body}`. After a secret rotation: two signatures ' +
      'separated by a space.',
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

/** Statuses that no described operation returns, or only operations that declare them. */
const NOT_ANYWHERE: readonly number[] = [405, 416];

/** One entry per status, with its error codes. */
function describeErrors(): Record<number, string> {
  const byStatus: Record<number, string[]> = {};
  for (const [code, { http, message, remedy }] of Object.entries(ERROR_CODES)) {
    if (!NOT_ANYWHERE.includes(http)) byStatus[http] = [...(byStatus[http] ?? []), `\`${code}\`: ${message} ${remedy}`];
  }
  return Object.fromEntries(Object.entries(byStatus).map(([status, lines]) => [status, lines.join('\n\n')]));
}
