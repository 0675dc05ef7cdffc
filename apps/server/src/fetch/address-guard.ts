import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Whether an address is on the public internet: not in a private, local, link-local, metadata, mapped or reserved
 * range. For IPv6, only global unicast (2000::/3) is public. All other ranges are local, or reach IPv4 hosts through a
 * translation that the network controls (`::/96`, `64:ff9b::/96`, `64:ff9b:1::/48`).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address); // converts IPv4-mapped IPv6 to the IPv4 address
  if (parsed.kind() === 'ipv6') {
    const bytes = parsed.toByteArray();
    if (((bytes[0] ?? 0) & 0xe0) !== 0x20) return false;
    // 6to4 (2002::/16) reaches an IPv4 host, which must be public too.
    if (parsed.range() === '6to4') return isPublicAddress(bytes.slice(2, 6).join('.'));
  }
  return parsed.range() === 'unicast';
}
