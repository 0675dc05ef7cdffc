/**
 * Whether an address is this machine. Names other than "localhost" are not resolved, because their address may change.
 */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Whether the operator of Lorebox runs the server too: this machine, a container next to it, or a private network. Hosted
 * services have public addresses.
 */
export function isOwnServer(address: string): boolean {
  if (isLoopback(address)) return true;
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.toLowerCase();
  if (host.startsWith('[')) return /^\[f[cd]/.test(host);
  const [first, second] = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host)?.slice(1).map(Number) ?? [];
  if (first !== undefined && second !== undefined) return isPrivate(first, second);
  return !host.includes('.') || /\.(local|lan|internal|home\.arpa|ts\.net)$/.test(host);
}

function isPrivate(first: number, second: number): boolean {
  if (first === 192) return second === 168;
  if (first === 172) return second >= 16 && second < 32;
  // 100.64.0.0/10 is the address range of overlay networks.
  return first === 10 || (first === 100 && second >= 64 && second < 128);
}
