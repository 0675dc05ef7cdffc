import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Loading } from '../ui/states.tsx';
import { WidgetEditor } from './widget-editor.tsx';

/** The chat widgets of a workspace: the list, or the one that is open. */
export default function WidgetsTab({ workspace }: { workspace: string }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [openId, setOpenId] = useState<string | null>(null);
  const list = useInfiniteQuery(pages('widgets.list', api.widgets.list, { workspace, limit: 100 }));
  const widgets = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = widgets.find(({ id }) => id === openId);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['widgets.list'] });
  if (list.isPending) return <Loading />;
  if (list.error) return <ProblemNote error={list.error} onRetry={list.refetch} />;
  if (open) {
    return <WidgetEditor key={open.id} widget={open} onChanged={refresh} onClose={() => setOpenId(null)} />;
  }
  return (
    <Section
      title={t('Chat widgets')}
      hint={t('A chat for the visitors of a website. They ask the documents of this workspace without an account.')}
    >
      <ul className="flex flex-col gap-2">
        {widgets.map(({ id, name, enabled, allowedOrigins }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 rounded-lg border p-2.5 text-sm">
            <span className="min-w-0 grow">
              <span className="font-medium break-words">{name}</span>
              <span className="block text-muted">
                {t('{count, plural, one {# website} other {# websites}}', { count: allowedOrigins.length })}
                {allowedOrigins.length > 0 && ` (${allowedOrigins.slice(0, 3).join(', ')})`}
              </span>
            </span>
            <Badge tone={enabled ? 'ok' : 'neutral'}>{enabled ? t('On') : t('Off')}</Badge>
            <Button size="small" onClick={() => setOpenId(id)} aria-label={t('Edit “{name}”', { name })}>
              {t('Edit')}
            </Button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" className="self-start" onClick={() => list.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
      <NewWidget
        workspace={workspace}
        onCreated={async (id) => {
          await refresh();
          setOpenId(id);
        }}
      />
    </Section>
  );
}

function NewWidget({ workspace, onCreated }: { workspace: string; onCreated(id: string): Promise<void> }) {
  const t = useT();
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function create(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { id } = await api.widgets.create.mutate({ workspace, name });
      await onCreated(id);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }
  return (
    <form onSubmit={create} className="flex flex-col gap-3">
      <TextField
        label={t('Name of a new widget')}
        value={name}
        maxLength={200}
        required
        onChange={({ target }) => setName(target.value)}
      />
      {error !== null && <ProblemNote error={error} />}
      <Button type="submit" variant="primary" className="self-start" isBusy={isBusy}>
        {t('New widget')}
      </Button>
    </form>
  );
}
