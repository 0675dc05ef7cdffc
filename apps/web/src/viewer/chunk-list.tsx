import type { Chunk, Document } from '@lorebox/contract/document';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { placeLabel } from '../chat/place-label.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { useWorkspaceRole } from '../shell/use-workspace-role.ts';
import { Button } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Loading } from '../ui/states.tsx';
import { notifyProblem } from '../ui/toast.tsx';

/** The chunks that search finds: each can be left out or corrected. */
export function ChunkList({ document }: { document: Document }) {
  const t = useT();
  const { canEdit } = useWorkspaceRole(document.workspaceId);
  const chunks = useInfiniteQuery(
    pages('documents.chunks', api.documents.chunks, { documentId: document.id, limit: 50 }),
  );
  if (chunks.isPending) return <Loading />;
  if (chunks.error) return <ProblemNote error={chunks.error} onRetry={chunks.refetch} />;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-3 p-4">
      <p className="text-sm text-muted">
        {t('Search finds these parts of the document. Changes last until the document is read again.')}
      </p>
      <ol className="flex flex-col gap-3">
        {chunks.data.pages
          .flatMap(({ items }) => items)
          .map((chunk) => (
            <ChunkItem key={chunk.id} documentId={document.id} chunk={chunk} canEdit={canEdit} />
          ))}
      </ol>
      {chunks.hasNextPage && (
        <Button className="self-center" isBusy={chunks.isFetchingNextPage} onClick={() => chunks.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
    </div>
  );
}

interface ChunkItemProps {
  documentId: string;
  chunk: Chunk;
  canEdit: boolean;
}

function ChunkItem({ documentId, chunk, canEdit }: ChunkItemProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { id, ordinal, tokens, text, excluded, corrected } = chunk;
  async function update(change: { excluded?: boolean; text?: string }) {
    setBusy(true);
    try {
      await api.documents.updateChunk.mutate({ documentId, chunkId: id, ...change });
      await queryClient.invalidateQueries({ queryKey: ['documents.chunks'] });
      setDraft(null);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <li className={cx('rounded-xl border p-3 text-sm', excluded && 'opacity-60')}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <span className="font-medium">{formatNumber(ordinal + 1)}</span>
        <span className="text-muted">{placeLabel(chunk, t)}</span>
        <Badge>{t('{count} tokens', { count: formatNumber(tokens) })}</Badge>
        {excluded && <Badge tone="warning">{t('Left out')}</Badge>}
        {corrected && <Badge tone="ok">{t('Corrected')}</Badge>}
        {canEdit && (
          <span className="ms-auto flex gap-1">
            <Button size="small" variant="ghost" isBusy={isBusy} onClick={() => update({ excluded: !excluded })}>
              {excluded ? t('Use again') : t('Leave out')}
            </Button>
            <Button size="small" variant="ghost" onClick={() => setDraft(text)}>
              {t('Correct')}
            </Button>
          </span>
        )}
      </div>
      {draft === null ? (
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {text}
        </p>
      ) : (
        <div className="flex flex-col gap-2">
          <textarea
            dir="auto"
            rows={8}
            value={draft}
            aria-label={t('Corrected text')}
            onChange={(event) => setDraft(event.target.value)}
            className={inputClass}
          />
          <div className="flex justify-end gap-2">
            <Button size="small" onClick={() => setDraft(null)}>
              {t('Cancel')}
            </Button>
            <Button size="small" variant="primary" isBusy={isBusy} onClick={() => update({ text: draft })}>
              {t('Save')}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}
