import type { StoredPassage } from '@lorebox/ports/embedding-store';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

/** Returns the chunks of the workspace after this key, with the text that is embedded and indexed. */
export function passagesAfter(
  raw: WriteContext['raw'],
  workspaceId: string,
  key: number,
  limit: number,
): StoredPassage[] {
  const sql =
    "select c.key, case when d.source = 'text' and not d.title_given then '' else coalesce(d.title, '') end title, " +
    'c.section, c.text from chunks c left join documents d on d.id = c.document_id ' +
    'where c.workspace_id = ? and c.key > ? order by c.key limit ?';
  return prepareOnce<[string, number, number], StoredPassage>(raw, sql).all(workspaceId, key, limit);
}
