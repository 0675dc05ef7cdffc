import { useQuery } from '@tanstack/react-query';
import { Folder } from 'lucide-react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';

export interface FolderTreeProps {
  workspace: string;
  folder: string | null;
  onFolder(folder: string | null): void;
}

/** The folders that files were uploaded from. Hidden if there are none. */
export function FolderTree({ workspace, folder, onFolder }: FolderTreeProps) {
  const t = useT();
  const { data } = useQuery(query('documents.folders', api.documents.folders, { workspace }));
  const folders = data?.items ?? [];
  if (folders.length === 0) return null;
  const item = (path: string | null, name: string, depth: number, count: number | null) => (
    <li key={path ?? ''}>
      <button
        type="button"
        aria-current={path === folder ? 'true' : undefined}
        onClick={() => onFolder(path)}
        style={{ paddingInlineStart: `${0.5 + depth * 0.9}rem` }}
        className={cx(
          'flex min-h-8 w-full items-center gap-2 rounded-lg pe-2 text-start text-sm hover:bg-surface',
          path === folder && 'bg-surface font-medium',
        )}
      >
        <Folder className="size-4 shrink-0 text-muted" aria-hidden />
        <span dir="auto" className="min-w-0 grow truncate">
          {name}
        </span>
        {count !== null && <span className="text-muted">{formatNumber(count)}</span>}
      </button>
    </li>
  );
  return (
    <nav aria-label={t('Folders')} className="w-56 shrink-0 overflow-y-auto max-lg:hidden">
      <ul>
        {item(null, t('All documents'), 0, null)}
        {folders.map(({ path, count }) => {
          const parts = path.split('/');
          return item(path, parts.at(-1) ?? path, parts.length - 1, count);
        })}
      </ul>
    </nav>
  );
}
