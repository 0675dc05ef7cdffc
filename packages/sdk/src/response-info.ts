/** Metadata of a response. Calls sent in one batch share it. */
export interface ResponseInfo {
  /** HTTP status. 207 for a batch in which some calls failed. */
  readonly status: number;
  readonly headers: Headers;
  /** Search the server log for this id. */
  readonly requestId: string | null;
}

export function describeResponse({ status, headers }: Pick<Response, 'status' | 'headers'>): ResponseInfo {
  return { status, headers, requestId: headers.get('x-request-id') };
}

/** tRPC types only the parts of a response that it uses; `fetch` returns a full response. */
export function isResponse(value: unknown): value is Pick<Response, 'status' | 'headers'> {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}
