import { normalizeText } from '@lorebox/contract/normalize-text';
/** For example "Q3 Rückblick" becomes "q3-ruckblick". A name without letters or digits becomes "workspace". */
export function toSlug(name: string): string {
  const plain = normalizeText(name, 'NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return slug || 'workspace';
}
