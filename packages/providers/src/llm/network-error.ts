const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

/** Whether the server was unreachable, as opposed to a server that closed the connection. */
export function isUnreachable(error: unknown): boolean {
  return causesOf(error).some((cause) => UNREACHABLE.has(codeOf(cause)));
}

/** undici wraps errors: the message is "fetch failed", and the cause has the details. */
export function describeNetworkError(error: unknown): string {
  const last = causesOf(error).at(-1);
  return last instanceof Error ? codeOf(last) || last.message : String(last);
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause !== undefined && cause !== null && causes.length < 8; ) {
    causes.push(cause);
    if (cause instanceof AggregateError) causes.push(...cause.errors);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
