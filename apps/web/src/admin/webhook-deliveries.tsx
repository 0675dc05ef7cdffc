import type { Delivery, DeliveryStatus } from '@lorebox/contract/webhook';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Badge } from '../ui/states.tsx';
import { PagedList } from './paged-list.tsx';
import { useRun } from './use-run.ts';

const REFRESH_MS = 3000;
const TONES = { pending: 'neutral', delivered: 'ok', failed: 'danger' } as const;

const statusNames = (t: Translate): Record<DeliveryStatus, string> => ({
  pending: t('Waiting'),
  delivered: t('Delivered'),
  failed: t('Failed'),
});

/** What was sent to a webhook, with every attempt. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const t = useT();
  const [status, setStatus] = useState<DeliveryStatus | ''>('');
  const list = useInfiniteQuery({
    ...pages('webhooks.deliveries', api.webhooks.deliveries, { webhookId, status: status || undefined, limit: 25 }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((item) => item.status === 'pending')) ? REFRESH_MS : false,
  });
  return (
    <div className="mt-2">
      <SelectField
        label={t('Show')}
        className="mb-3 max-w-48"
        value={status}
        options={[['', t('All deliveries')], ...Object.entries(statusNames(t))]}
        onChange={({ target }) => setStatus(target.value as DeliveryStatus | '')}
      />
      <PagedList list={list} empty={t('No deliveries')}>
        {(delivery) => <DeliveryRow key={delivery.id} delivery={delivery} />}
      </PagedList>
    </div>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const run = useRun('webhooks.deliveries');
  const { id: deliveryId, eventType, status, attempts, nextAttemptAt, createdAt } = delivery;
  return (
    <li className="rounded-lg border p-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={TONES[status]}>{statusNames(t)[status]}</Badge>
        <code dir="ltr">{eventType}</code>
        <span className="me-auto text-muted">{formatDateTime(createdAt)}</span>
        {status !== 'pending' && (
          <Button size="small" onClick={() => run(() => api.webhooks.retry.mutate({ deliveryId }))}>
            {t('Send again')}
          </Button>
        )}
      </div>
      <ol className="mt-1 text-muted">
        {attempts.map(({ at, status: http, error, durationMs }) => (
          <li key={at.getTime()} className="break-words">
            {formatDateTime(at)} · {http === null ? t('no response') : `HTTP ${http}`} · {durationMs} ms
            {error && ` · ${error}`}
          </li>
        ))}
      </ol>
      {nextAttemptAt && <p className="text-muted">{t('Next attempt {time}', { time: formatAgo(nextAttemptAt) })}</p>}
    </li>
  );
}
