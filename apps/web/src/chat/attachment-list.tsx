import { FileText, TriangleAlert, X } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Spinner } from '../ui/states.tsx';
import type { Attachments } from './use-attachments.ts';

export function AttachmentList({ attachments: { files, remove } }: { attachments: Attachments }) {
  const t = useT();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t('Attachments')} className="flex flex-wrap gap-2 px-3 pt-3">
      {files.map(({ key, name, url, state, message }) => (
        <li key={key} className="flex max-w-64 items-center gap-2 rounded-lg border bg-surface py-1 ps-2 pe-1 text-sm">
          {state === 'working' ? (
            <Spinner />
          ) : state === 'failed' ? (
            <TriangleAlert className="size-4 shrink-0 text-danger" aria-label={t('Failed')} />
          ) : url ? (
            <img src={url} alt="" className="size-8 rounded object-cover" />
          ) : (
            <FileText className="size-4 shrink-0 text-muted" aria-hidden />
          )}
          <span className="min-w-0 truncate" title={message ?? name}>
            {message ?? name}
          </span>
          <button
            type="button"
            aria-label={t('Remove {name}', { name })}
            onClick={() => remove(key)}
            className="rounded p-1 text-muted hover:bg-raised"
          >
            <X className="size-4" />
          </button>
        </li>
      ))}
    </ul>
  );
}
