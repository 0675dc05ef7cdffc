const USUAL_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' };

/**
 * Whether an address is on the list of allowed private hosts: "wiki.lan" allows the ports 80 and 443, "wiki.lan:8080"
 * allows that port, and "wiki.lan:*" allows all ports. IPv6 addresses with a port are in brackets.
 */
export function isAllowedHost(allow: readonly string[], url: URL): boolean {
  const host = plainHost(url.hostname);
  const port = url.port === '' ? (USUAL_PORTS[url.protocol] ?? '') : url.port;
  return allow.some((entry) => {
    const allowed = splitEntry(entry);
    if (plainHost(allowed.host) !== host) return false;
    if (allowed.port === null) return port === '80' || port === '443';
    return allowed.port === '*' || allowed.port === port;
  });
}

function splitEntry(entry: string): { host: string; port: string | null } {
  const bracketed = entry.startsWith('[') ? entry.indexOf(']') + 1 : 0;
  const colon = entry.indexOf(':', bracketed);
  // An IPv6 address without brackets has several colons and no port.
  const hasPort = colon >= 0 && (bracketed > 0 || entry.lastIndexOf(':') === colon);
  return hasPort ? { host: entry.slice(0, colon), port: entry.slice(colon + 1) } : { host: entry, port: null };
}

const plainHost = (host: string) => host.replace('[', '').replace(']', '').toLowerCase();
