import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Only addresses of the open internet: no private, local, link-local, metadata, mapped or reserved range. Of IPv6 that is global
 * unicast (2000::/3) alone: everything else is local, or reaches IPv4 hosts by a translation that the network decides on
 * (`::/96`, `64:ff9b::/96`, `64:ff9b:1::/48`).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address); // IPv4-mapped IPv6 becomes the IPv4 address that it means
  if (parsed.kind() === 'ipv6') {
    const bytes = parsed.toByteArray();
    if (((bytes[0] ?? 0) & 0xe0) !== 0x20) return false;
    // 6to4 (2002::/16) reaches an IPv4 host that must be public, too.
    if (parsed.range() === '6to4') return isPublicAddress(bytes.slice(2, 6).join('.'));
  }
  return parsed.range() === 'unicast';
}
