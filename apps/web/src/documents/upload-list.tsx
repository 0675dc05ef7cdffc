import { useState } from 'react';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/states.tsx';
import { dropUpload, retryUpload, useUploads } from './upload-queue.ts';

const MAX_SHOWN = 20;

/** Files that are being sent, and those that could not be. */
export function UploadList() {
  const t = useT();
  const { uploads, done, total } = useUploads();
  const [isOpen, setOpen] = useState(false);
  if (uploads.length === 0) return null;
  const failed = uploads.filter(({ state }) => state === 'failed');
  const sending = uploads.reduce((sum, { share }) => sum + share, 0);
  const shown = isOpen ? [...failed, ...uploads.filter(({ state }) => state !== 'failed')] : failed;
  return (
    <section aria-label={t('Uploads')} className="rounded-xl border bg-raised p-3 text-sm">
      <div className="mb-2 flex items-center gap-3">
        <p role="status" className="grow">
          {t('{done} of {total} files sent', { done: formatNumber(done), total: formatNumber(total) })}
          {failed.length > 0 && ` · ${t('{count} failed', { count: formatNumber(failed.length) })}`}
        </p>
        <Button size="small" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('Hide files') : t('Show files')}
        </Button>
      </div>
      <ProgressBar value={(done + sending) / Math.max(total, 1)} label={t('Upload')} />
      <ul className="mt-2 flex flex-col gap-1">
        {shown.slice(0, MAX_SHOWN).map(({ id, path, state, message, share }) => (
          <li key={id} className="flex items-center gap-3">
            <span dir="auto" className="min-w-0 grow truncate">
              {path}
              {message && <span className="text-danger"> · {message}</span>}
            </span>
            {state === 'failed' ? (
              <>
                <Button size="small" onClick={() => retryUpload(id)}>
                  {t('Try again')}
                </Button>
                <Button size="small" variant="ghost" onClick={() => dropUpload(id)}>
                  {t('Discard')}
                </Button>
              </>
            ) : (
              <span className="text-muted">{state === 'sending' ? `${Math.round(share * 100)} %` : t('Waiting')}</span>
            )}
          </li>
        ))}
      </ul>
      {shown.length > MAX_SHOWN && (
        <p className="mt-1 text-muted">{t('and {count} more', { count: formatNumber(shown.length - MAX_SHOWN) })}</p>
      )}
    </section>
  );
}
