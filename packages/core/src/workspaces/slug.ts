import { normalizeText } from '@lorebox/contract/normalize-text';
/** "Q3 Rückblick" -> "q3-ruckblick"; a name without letters that fit gives "workspace". */
export function toSlug(name: string): string {
  const plain = normalizeText(name, 'NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return slug || 'workspace';
}
