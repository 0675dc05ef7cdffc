import type { JsonSchema } from './json-schema.ts';

/** Headers of downloads. */
export const RANGE_HEADERS = [
  {
    name: 'Range',
    in: 'header' as const,
    required: false,
    description: 'A single byte range: `bytes=0-1023`, `bytes=1024-` or `bytes=-1024`.',
    schema: { type: 'string' },
  },
  {
    name: 'If-Range',
    in: 'header' as const,
    required: false,
    description: 'ETag of the file that the range belongs to. If the file has changed, all of it is returned.',
    schema: { type: 'string' },
  },
];

/** A server-sent event whose `data` is the JSON of one event, in OpenAPI 3.2 and JSON Schema terms. */
export function sentEvent(event: JsonSchema): JsonSchema {
  const text = { type: 'string' };
  const name = { ...text, description: 'Type of the event.' };
  const data = {
    ...text,
    contentMediaType: 'application/json',
    contentSchema: event,
    description: 'The event as JSON.',
  };
  const id = { ...text, description: 'Send it back as `Last-Event-ID` to continue the stream after this event.' };
  return { type: 'object', properties: { event: name, id, data }, required: ['data'] };
}
