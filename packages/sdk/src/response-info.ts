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
