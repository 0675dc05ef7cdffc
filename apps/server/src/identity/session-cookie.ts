export interface SessionCookie {
  name: string;
  isSecure: boolean;
}

/**
 * Over HTTPS the name has the `__Host-` prefix, which browsers enforce: such cookies are Secure and bound to one host,
 * and no other host of the domain can set them.
 */
export function createSessionCookie(publicUrl: string | null): SessionCookie {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  return { name: isSecure ? '__Host-lorebox_session' : 'lorebox_session', isSecure };
}

/** Returns the value of a cookie in a `Cookie` header. */
export function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
}
