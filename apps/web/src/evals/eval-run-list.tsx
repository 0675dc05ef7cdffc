import type { EvalRun } from '@lorebox/contract/eval';
import { api } from '../api/client.ts';
import { formatDateTime, formatNumber, formatPercent } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Badge, ProgressBar } from '../ui/states.tsx';

export interface EvalRunListProps {
  runs: readonly EvalRun[];
  /** At most two runs, the earlier choice first. */
  compared: readonly string[];
  onCompare(ids: readonly string[]): void;
  onRun(action: () => Promise<unknown>): Promise<void>;
}

export function EvalRunList({ runs, compared, onCompare, onRun }: EvalRunListProps) {
  const t = useT();
  const toggle = (id: string) =>
    onCompare(compared.includes(id) ? compared.filter((other) => other !== id) : [...compared, id].slice(-2));
  return (
    <ul className="flex flex-col gap-2">
      {runs.map(({ id, label, state, done, total, metrics, startedAt, setting, message }) => (
        <li key={id} className="rounded-lg border p-2.5 text-sm">
          <div className="flex flex-wrap items-center gap-2">
            <label className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={compared.includes(id)}
                onChange={() => toggle(id)}
                disabled={state !== 'done'}
                aria-label={t('Compare the measurement of {time}', { time: formatDateTime(startedAt) })}
                className="size-4 accent-accent"
              />
              <span className="font-medium">{label || formatDateTime(startedAt)}</span>
            </label>
            {state !== 'done' && <Badge tone={state === 'failed' ? 'danger' : 'neutral'}>{state}</Badge>}
            <span className="ms-auto flex gap-1">
              {state === 'running' ? (
                <Button size="small" onClick={() => onRun(() => api.evals.cancel.mutate({ runId: id }))}>
                  {t('Stop')}
                </Button>
              ) : (
                <Button
                  size="small"
                  variant="danger"
                  onClick={() => onRun(() => api.evals.delete.mutate({ runId: id }))}
                >
                  {t('Delete')}
                </Button>
              )}
            </span>
          </div>
          {state === 'running' && <ProgressBar value={done / Math.max(total, 1)} label={t('Measurement')} />}
          {message && <p className="text-danger">{message}</p>}
          {metrics && (
            <p className="mt-1 text-muted">
              nDCG {formatNumber(Math.round(metrics.ndcg * 1000) / 1000)} · {t('Recall')}{' '}
              {formatPercent(metrics.recall)} · {t('First hit right')} {formatPercent(metrics.hitRate)}
              {metrics.answers?.citationPrecision != null &&
                ` · ${t('Citations right')} ${formatPercent(metrics.answers.citationPrecision)}`}
              {' · '}
              {setting.embedder ?? '–'} · {setting.reranker}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
