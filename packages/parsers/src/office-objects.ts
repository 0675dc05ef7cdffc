import { describeUnread } from './describe-unread.ts';
import type { ParseContext } from './format-parser.ts';
import type { OfficePackage, Relation } from './office-package.ts';
import { readOleObject } from './ole-object.ts';
import { detectSignature } from './signatures.ts';

/**
 * Adds files that a user embedded in a document, slide or sheet. Excludes chart data, which is related to the chart.
 */
export async function addOfficeObjects(
  file: OfficePackage,
  relations: Iterable<Relation>,
  { document, parseAttachment }: ParseContext,
): Promise<void> {
  const seen = new Set<string>();
  for (const { type, target } of relations) {
    if ((type !== 'package' && type !== 'oleObject') || seen.has(target)) continue;
    seen.add(target);
    const part = target.split('/').at(-1) ?? target;
    const { name, bytes } = openObject(part, file.readBytes(target)) ?? { name: part, bytes: undefined };
    const isRead = bytes !== undefined && (await parseAttachment(bytes, name));
    if (!isRead) document.warn(describeUnread(`The file "${name}" embedded in this document`, document.lastFailure));
  }
}

function openObject(part: string, bytes: Uint8Array | undefined): { name: string; bytes: Uint8Array } | undefined {
  if (!bytes) return undefined;
  if (!part.endsWith('.bin') || detectSignature(bytes.subarray(0, 4096)) !== 'cfb') return { name: part, bytes };
  try {
    return readOleObject(bytes) ?? { name: part, bytes };
  } catch {
    return undefined; // damaged; the caller reports it
  }
}
