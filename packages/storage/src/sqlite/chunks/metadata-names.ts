import type { Metadata } from '@lorebox/contract/document';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

/** Values that nobody searches for by their words. */
const UNSEARCHED = /^(?:path|source|url|language|created|modified|date|sent|received|published|producer|generator)$/i;
const MAX_VALUE_LENGTH = 200;
const MAX_LENGTH = 1000;

/** Returns authors, senders, subjects and other texts of the metadata, if this is the first chunk of its document. */
export function namesOf(raw: WriteContext['raw'], key: number): string {
  const row = prepareOnce<[bigint], { metadata: string }>(
    raw,
    'select d.metadata from chunks c join documents d on d.id = c.document_id where c.key = ? and c.ordinal = 0',
  ).get(BigInt(key));
  if (!row) return '';
  const values = Object.entries(JSON.parse(row.metadata) as Metadata).flatMap(([name, value]) =>
    typeof value === 'string' && value.length <= MAX_VALUE_LENGTH && !UNSEARCHED.test(name) ? [value] : [],
  );
  return values.join('\n').slice(0, MAX_LENGTH);
}
