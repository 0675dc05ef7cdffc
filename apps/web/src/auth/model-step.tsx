import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { PullModel } from '../settings/pull-model.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';

/** Says what will answer questions, and offers to download a model if Ollama runs. */
export function ModelStep() {
  const t = useT();
  const { data, isPending, isFetching, error, refetch } = useQuery(query('models.list', api.models.list, undefined));
  if (isPending) return <Loading />;
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  const answering = data.models.find(({ isDefault }) => isDefault);
  const isQuoting = !answering || answering.provider === 'extractive';
  const hasOllama = data.providers.some(({ provider, available }) => provider === 'ollama' && available);
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p className="flex gap-2.5 rounded-lg bg-accent-soft p-3">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
        <span>
          {isQuoting
            ? t('No language model was found. Lorebox answers with quotes from your documents until you add one.')
            : t('Questions are answered by {model}.', { model: answering.name })}
        </span>
      </p>
      <ul className="flex flex-col gap-2">
        {data.providers.map(({ provider, available, message }) => (
          <li key={provider} className="flex gap-2.5">
            {available ? (
              <CircleCheck className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
            ) : (
              <CircleDashed className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
            )}
            <span className="min-w-0 break-words">
              <span className="font-medium">{provider}</span>: <span className="text-muted">{message}</span>
            </span>
          </li>
        ))}
      </ul>
      {hasOllama && <PullModel suggestion={isQuoting ? 'llama3.2' : ''} onPulled={refetch} />}
      <Button size="small" className="self-start" isBusy={isFetching} onClick={() => refetch()}>
        {t('Look again')}
      </Button>
    </div>
  );
}
