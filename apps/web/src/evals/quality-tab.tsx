import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages, query } from '../api/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Loading } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { CompareRuns } from './compare-runs.tsx';
import { EvalChart } from './eval-chart.tsx';
import { EvalRunList } from './eval-run-list.tsx';
import { QuestionForm } from './question-form.tsx';

const REFRESH_MS = 2000;

/** Test questions with known answers, and how well searches and answers did over time. */
export default function QualityTab({ workspace }: { workspace: string }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [withAnswers, setWithAnswers] = useState(false);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const runs = useQuery({
    ...query('evals.list', api.evals.list, { workspace, limit: 50 }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ state }) => state === 'running') ? REFRESH_MS : false),
  });
  async function run(action: () => Promise<unknown>) {
    try {
      await action();
      await queryClient.invalidateQueries({ queryKey: ['evals.list'] });
      await queryClient.invalidateQueries({ queryKey: ['evals.listQuestions'] });
    } catch (error) {
      notifyProblem(error);
    }
  }
  if (runs.isPending) return <Loading />;
  if (runs.error) return <ProblemNote error={runs.error} onRetry={runs.refetch} />;
  const [before, after] = compared;
  return (
    <>
      <Section
        title={t('Test questions')}
        hint={t('Questions whose answers you know. They show whether a change makes answers better or worse.')}
      >
        <Questions workspace={workspace} onRun={run} />
      </Section>
      <Section title={t('Measurements')}>
        <Switch
          label={t('Also measure answers')}
          hint={t('Asks the model every question, which takes longer.')}
          isOn={withAnswers}
          onChange={setWithAnswers}
        />
        <Button
          variant="primary"
          className="self-start"
          onClick={() => run(() => api.evals.start.mutate({ workspace, answers: withAnswers }))}
        >
          {t('Measure now')}
        </Button>
        <EvalChart runs={runs.data.items} />
        <EvalRunList runs={runs.data.items} compared={compared} onCompare={setCompared} onRun={run} />
      </Section>
      {before && after && (
        <Section title={t('Comparison')}>
          <CompareRuns before={before} after={after} />
        </Section>
      )}
    </>
  );
}

function Questions({ workspace, onRun }: { workspace: string; onRun(action: () => Promise<unknown>): Promise<void> }) {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const list = useInfiniteQuery(pages('evals.listQuestions', api.evals.listQuestions, { workspace, limit: 50 }));
  const questions = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {list.isSuccess && questions.length === 0 && <p className="text-sm text-muted">{t('No test questions yet.')}</p>}
      <ul className="flex flex-col gap-2">
        {questions.map(({ id, question, source, approved }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 rounded-lg border p-2.5 text-sm">
            <span dir="auto" className="min-w-0 grow break-words">
              {question}
            </span>
            {source !== 'given' && <Badge>{source === 'feedback' ? t('from a rating') : t('generated')}</Badge>}
            {!approved && (
              <Button
                size="small"
                onClick={() => onRun(() => api.evals.updateQuestion.mutate({ questionId: id, approved: true }))}
              >
                {t('Approve')}
              </Button>
            )}
            <Button
              size="small"
              variant="danger"
              onClick={() => onRun(() => api.evals.deleteQuestion.mutate({ questionId: id }))}
            >
              {t('Delete')}
            </Button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && <Button onClick={() => list.fetchNextPage()}>{t('Show more')}</Button>}
      {isAdding ? (
        <QuestionForm workspace={workspace} onDone={() => setAdding(false)} />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setAdding(true)}>{t('Add a question')}</Button>
          <Button onClick={() => onRun(() => api.evals.importFeedback.mutate({ workspace }))}>
            {t('Take from ratings')}
          </Button>
          <Button onClick={() => onRun(() => api.evals.generateQuestions.mutate({ workspace, count: 10 }))}>
            {t('Generate {count}', { count: formatNumber(10) })}
          </Button>
        </div>
      )}
    </>
  );
}
