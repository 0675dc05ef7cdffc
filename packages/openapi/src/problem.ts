/** An RFC 9457 error, with a `code` that clients branch on and the request id from the server log. */
export interface Problem {
  /** URI of the error type. "about:blank" if the status is sufficient. */
  type: string;
  title: string;
  status: number;
  /** Human-readable: what is wrong and what to do. */
  detail: string;
  /** Stable and machine-readable. */
  code: string;
  requestId: string | null;
  /** The invalid fields, if the input is invalid. */
  errors?: { path: string; message: string }[];
  /** Seconds. Also sent as `Retry-After`. */
  retryAfter?: number;
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemResponse(problem: Problem, extra: Record<string, string> = {}): Response {
  const headers: Record<string, string> = { ...extra, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
  if (problem.retryAfter !== undefined) headers['retry-after'] = String(problem.retryAfter);
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** Component schema of a problem. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Link to the description of the error code.' },
    title: { type: 'string', description: 'What the error code means.' },
    status: { type: 'integer', description: 'HTTP status.' },
    detail: { type: 'string', description: 'Human-readable: what failed and what to do next.' },
    code: { type: 'string', description: 'Stable error code. Branch on this.' },
    requestId: { type: ['string', 'null'], description: 'Search the server log for this id.' },
    errors: {
      type: 'array',
      description: 'Invalid fields, for invalid input.',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'Path of the field, such as `scopes.0`.' },
          message: { type: 'string', description: 'What is wrong with it.' },
        },
        required: ['path', 'message'],
      },
    },
    retryAfter: { type: 'integer', description: 'Seconds to wait before retrying.' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
};
