import type { Document } from '@lorebox/contract/document';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import type { Place } from './place.ts';
import { useFileLink } from './use-document.ts';

const VIDEO = new Set(['mp4', 'mov', 'webm', 'mkv', 'avi', 'video']);

/** A recording at the cited second, with its transcript. */
export function MediaView({ document, place }: { document: Document; place: Place }) {
  const t = useT();
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const { data: link, error } = useFileLink(document.id);
  const chunks = useInfiniteQuery(
    pages('documents.chunks', api.documents.chunks, { documentId: document.id, limit: 200 }),
  );
  const start = place.t;
  const url = link?.url;
  useEffect(() => {
    if (url && player.current && start !== undefined) player.current.currentTime = start;
  }, [url, start]);
  const jumpTo = (seconds: number) => {
    if (!player.current) return;
    player.current.currentTime = seconds;
    void player.current.play();
  };
  if (error) return <ProblemNote error={error} />;
  if (!url) return <Loading />;
  const Tag = document.format !== null && VIDEO.has(document.format) ? 'video' : 'audio';
  return (
    <div className="flex h-full flex-col gap-4 p-4">
      <Tag
        ref={player}
        src={url}
        controls
        preload="metadata"
        aria-label={document.title}
        className="max-h-[45%] w-full"
      />
      <ol aria-label={t('Transcript')} className="min-h-0 grow overflow-y-auto">
        {chunks.data?.pages
          .flatMap(({ items }) => items)
          .map(({ id, text, startTime, start: from, end }) => {
            const isCited = place.start !== undefined && from < (place.end ?? place.start) && end > place.start;
            return (
              <li key={id} className={cx('flex gap-3 rounded-lg p-2', isCited && 'bg-mark')}>
                {startTime !== null && (
                  <button
                    type="button"
                    dir="ltr"
                    onClick={() => jumpTo(startTime)}
                    className="shrink-0 text-sm text-accent underline"
                  >
                    {formatTime(startTime)}
                  </button>
                )}
                <p dir="auto" className="break-words whitespace-pre-line">
                  {text}
                </p>
              </li>
            );
          })}
      </ol>
      {chunks.hasNextPage && <Button onClick={() => chunks.fetchNextPage()}>{t('Show more')}</Button>}
    </div>
  );
}
