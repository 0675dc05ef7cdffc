import ipaddr from 'ipaddr.js';

/**
 * Smallest IPv6 network of a customer. Single addresses are useless for limits because a customer has billions of them.
 */
const IPV6_GROUP_BITS = 64;

/**
 * Returns the key under which a client is counted: an IPv4 address, or the /64 network of an IPv6 address.
 * @param remote Address of the connection.
 * @param forwarded `X-Forwarded-For` if a proxy is trusted. The last entry is the address that the proxy saw.
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
