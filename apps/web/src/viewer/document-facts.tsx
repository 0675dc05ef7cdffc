import type { Document } from '@lorebox/contract/document';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatBytes, formatDateTime, formatNumber, formatTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';

/** What is known about a document: where it comes from, its metadata, and what could not be read. */
export function DocumentFacts({ document }: { document: Document }) {
  const t = useT();
  const { filename, format, size, pages, duration, chunks, createdAt, updatedAt, sourceUrl, warnings, metadata } =
    document;
  const facts: [string, ReactNode][] = [
    [t('File name'), filename],
    [t('Format'), format ?? '–'],
    [t('Size'), formatBytes(size)],
    [t('Pages'), pages === null ? null : formatNumber(pages)],
    [t('Length'), duration === null ? null : formatTime(duration)],
    [t('Chunks'), formatNumber(chunks)],
    [t('Added'), formatDateTime(createdAt)],
    [t('Changed'), formatDateTime(updatedAt)],
    [t('Address'), sourceUrl],
    ...Object.entries(metadata).map(([key, value]) => [key, String(value)] as [string, ReactNode]),
  ];
  return (
    <div className="flex flex-col gap-6 p-4">
      {warnings.length > 0 && (
        <section>
          <h3 className="mb-2 font-semibold">{t('What could not be read')}</h3>
          <ul className="flex flex-col gap-2">
            {warnings.map((warning) => (
              <li key={warning} className="flex gap-2 rounded-lg bg-warning-soft p-3 text-sm text-warning">
                <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
                <span className="min-w-0 break-words">{warning}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd dir="auto" className="min-w-0 break-words">
                {value}
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
