import type { ModelInfo, ModelTest } from '@lorebox/contract/model';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { formatBytes, formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge } from '../ui/states.tsx';
import { rowClass } from './paged-list.tsx';

const duration = (milliseconds: number) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${formatNumber(Math.round(milliseconds / 100) / 10)} s`;

export function ModelRow({ model }: { model: ModelInfo }) {
  const t = useT();
  const [result, setResult] = useState<ModelTest | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { id, provider, contextWindow, size, isDefault, problem, accepts } = model;
  async function test() {
    setBusy(true);
    setResult(null);
    setError(null);
    try {
      setResult(await api.models.test.mutate({ model: id }));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  const facts = [
    contextWindow && t('{count} tokens', { count: formatNumber(contextWindow) }),
    size && formatBytes(size),
    accepts.images && t('images'),
    accepts.tools && t('tools'),
    accepts.thinking && t('thinking'),
  ].filter(Boolean);
  return (
    <li className={rowClass}>
      <span className="min-w-0 grow">
        <code dir="ltr" className="block font-medium break-all">
          {id}
        </code>
        <span className="text-muted">{provider === 'extractive' ? t('Quotes documents') : facts.join(' · ')}</span>
        {problem && <span className="block break-words text-danger">{problem}</span>}
      </span>
      {isDefault && <Badge tone="ok">{t('Default')}</Badge>}
      {provider !== 'extractive' && (
        <Button size="small" isBusy={isBusy} onClick={test}>
          {isBusy ? t('Testing…') : t('Test')}
        </Button>
      )}
      <div role="status" className="w-full empty:hidden">
        {result?.ok && (
          <p className="rounded-lg bg-accent-soft p-2.5">
            {t('Works: first word after {first}, done after {total}.', {
              first: duration(result.firstTokenMs ?? result.totalMs),
              total: duration(result.totalMs),
            })}
            {result.answer !== '' && <span className="block break-words text-muted">{result.answer}</span>}
          </p>
        )}
        {result && !result.ok && (
          <p className="rounded-lg bg-danger-soft p-2.5 break-words text-danger">{result.problem}</p>
        )}
      </div>
      {error !== null && (
        <div className="w-full">
          <ProblemNote error={error} />
        </div>
      )}
    </li>
  );
}
