import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Only addresses of the open internet: no private, local, link-local, metadata, mapped or reserved range. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address); // IPv4-mapped IPv6 becomes the IPv4 address that it means
  if (parsed.kind() === 'ipv6') {
    const embedded = embeddedIpv4(parsed as ipaddr.IPv6);
    if (embedded) return isPublicAddress(embedded);
  }
  return parsed.range() === 'unicast';
}

/** NAT64 (64:ff9b::/96) and 6to4 (2002::/16) addresses reach an IPv4 host that must be public too. */
function embeddedIpv4(address: ipaddr.IPv6): string | null {
  const bytes = address.toByteArray();
  const range = address.range();
  if (range === 'rfc6052') return bytes.slice(12, 16).join('.');
  if (range === '6to4') return bytes.slice(2, 6).join('.');
  return null;
}
