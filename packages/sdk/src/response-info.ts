/** What came with an answer, beside its data. Calls that were sent as one batch share it. */
export interface ResponseInfo {
  /** HTTP status; 207 for a batch of which some calls failed. */
  readonly status: number;
  readonly headers: Headers;
  /** Find the server's log line by it. */
  readonly requestId: string | null;
}

export function describeResponse({ status, headers }: Pick<Response, 'status' | 'headers'>): ResponseInfo {
  return { status, headers, requestId: headers.get('x-request-id') };
}
