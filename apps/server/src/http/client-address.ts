import ipaddr from 'ipaddr.js';

/** What one IPv6 customer gets at least; single addresses are theirs by the billion. */
const IPV6_GROUP_BITS = 64;

/**
 * Who is counted together: an IPv4 address, or the /64 network of an IPv6 address.
 * @param remote of the connection.
 * @param forwarded `X-Forwarded-For`, where a proxy is trusted: its last entry is the one that the proxy has seen itself.
 */
export function clientAddress(remote: string | undefined, forwarded: string | undefined): string {
  const claimed = forwarded?.slice(forwarded.lastIndexOf(',') + 1).trim();
  const address = claimed || remote || 'unknown';
  if (!ipaddr.isValid(address)) return address.slice(0, 100);
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_GROUP_BITS}`);
  return `${network.toString()}/${IPV6_GROUP_BITS}`;
}
