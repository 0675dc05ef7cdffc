import type { Route } from '@lorebox/openapi';

/** Operations that can conflict with the state of a resource, besides POST, where a key can be in use twice. */
const CONFLICTS = ['users.update', 'users.delete'];
/** Operations that call a model, an embedder or a source. */
const REMOTE = [
  'chat.answer',
  'search',
  'evals.generateQuestions',
  'documents.addUrl',
  'sources.create',
  'sources.update',
  'models.pull',
];
/** Operations that can fail although their input is valid. */
const UNPROCESSABLE = [
  'sources.update',
  'webhooks.update',
  'workspaces.update',
  'settings.update',
  'chat.answer',
  'models.pull',
];

/** Returns the error statuses that an operation can return. */
export function statusesOf({ id, meta, parameters, bodyProperties }: Route): number[] {
  const isRead = meta.method === 'GET';
  const hasBody = bodyProperties.length > 0 || meta.contentType !== undefined;
  const inPath = parameters.some((parameter) => parameter.in === 'path');
  const isPost = meta.method === 'POST';
  const names = [...parameters.map(({ property }) => property), ...bodyProperties];
  const canMiss =
    inPath ||
    names.some((name) =>
      /^(?:workspace|workspaceId|threadId|messageId|documentIds|memberships|before|after)$/.test(name),
    );
  return [
    ...(parameters.length > 0 || hasBody ? [400] : []),
    401,
    ...(meta.public ? [] : [403]),
    ...(canMiss ? [404] : []),
    ...(hasBody ? [408] : []),
    ...(isPost || CONFLICTS.includes(id) ? [409] : []),
    ...(hasBody ? [413, 415] : []),
    ...(isPost || UNPROCESSABLE.includes(id) ? [422] : []),
    429,
    ...(id === 'chat.answer' ? [499] : []),
    500,
    ...(REMOTE.includes(id) ? [502] : []),
    503,
    ...(isRead ? [] : [507]),
  ];
}
