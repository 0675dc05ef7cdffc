export interface PolicyCheck {
  directive: string;
  isOk: boolean;
  detail: string;
}

const NEEDED = {
  script: ['script-src-elem', 'script-src'],
  connect: ['connect-src'],
  frame: ['frame-src', 'child-src'],
};

/** Says which directives of a page's Content-Security-Policy block the widget of a server, and what to add. */
export function checkPolicy(policy: string, serverOrigin: string, pageOrigin: string): PolicyCheck[] {
  const directives = parsePolicy(policy);
  const check = (kind: keyof typeof NEEDED, what: string): PolicyCheck => {
    const name = [...NEEDED[kind], 'default-src'].find((one) => directives.has(one));
    const wanted = NEEDED[kind].at(-1) ?? '';
    if (name === undefined) return { directive: wanted, isOk: true, detail: `${what}: not restricted.` };
    const sources = directives.get(name) ?? [];
    if (sources.some((source) => matchesSource(source, serverOrigin, pageOrigin)))
      return { directive: name, isOk: true, detail: `${what}: allowed by ${name}.` };
    if (kind === 'script' && sources.some((source) => /^'(?:nonce-|strict-dynamic)/.test(source))) {
      const detail = `${what}: ${name} uses nonces. Give the script tag the nonce of the page.`;
      return { directive: name, isOk: true, detail };
    }
    return { directive: name, isOk: false, detail: `${what}: blocked by ${name}. Add ${serverOrigin} to ${wanted}.` };
  };
  return [
    check('script', 'The script'),
    check('connect', 'Its requests'),
    check('frame', 'The frame (only for an iframe)'),
  ];
}

function parsePolicy(policy: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const part of policy.replace(/^\s*content-security-policy\s*:/i, '').split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    // Of repeated directives, browsers use the first.
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

function matchesSource(source: string, serverOrigin: string, pageOrigin: string): boolean {
  const server = new URL(serverOrigin);
  if (source === '*') return true;
  if (source === "'self'") return serverOrigin === pageOrigin;
  if (/^https?:$/i.test(source)) return source.toLowerCase() === server.protocol;
  const withScheme = /^https?:\/\//i.test(source) ? source : `${server.protocol}//${source}`;
  const pattern = withScheme.replace('://*.', '://wildcard.').replace(/:\*$/, '');
  if (source.startsWith("'") || !URL.canParse(pattern)) return false;
  const { protocol, hostname, port } = new URL(pattern);
  if (protocol !== server.protocol || (port !== server.port && !source.endsWith(':*'))) return false;
  return hostname.startsWith('wildcard.') ? server.hostname.endsWith(hostname.slice(8)) : hostname === server.hostname;
}
