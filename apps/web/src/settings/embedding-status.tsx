import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDuration, formatNumber, formatPercent } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { ProgressBar } from '../ui/states.tsx';

const REFRESH_MS = 2000;

/** The embedder that search uses, and the progress of a change to another one. */
export function EmbeddingStatus({ workspace }: { workspace: string }) {
  const t = useT();
  const { data, error } = useQuery({
    ...query('workspaces.embedding', api.workspaces.embedding, { workspace }),
    refetchInterval: ({ state }) => (state.data?.next ? REFRESH_MS : false),
  });
  if (error) return <ProblemNote error={error} />;
  if (!data) return null;
  const { modelId, chunks, isAutomatic, otherLanguages, next } = data;
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        {modelId === null ? t('None yet: there are no documents.') : <code dir="ltr">{modelId}</code>}
        {modelId !== null && ` · ${t('{count, plural, one {# chunk} other {# chunks}}', { count: chunks })}`}
      </p>
      {isAutomatic && (
        <p className="text-muted">
          {t('Chosen by the languages of the documents.')}
          {otherLanguages !== null && ` ${t('{share} is not English.', { share: formatPercent(otherLanguages) })}`}
        </p>
      )}
      {next && (
        <div className="flex flex-col gap-1">
          <p>
            {t('Changing to {model}: {done} of {total} chunks', {
              model: next.modelId,
              done: formatNumber(next.done),
              total: formatNumber(chunks),
            })}
            {next.secondsLeft !== null && ` · ${t('about {time} left', { time: formatDuration(next.secondsLeft) })}`}
          </p>
          <ProgressBar value={next.progress} label={t('Change of the embedder')} />
          {next.message && <p className="text-danger">{next.message}</p>}
        </div>
      )}
    </div>
  );
}
