import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Loading } from '../ui/states.tsx';
import { emptyScope, type Scope } from './scope.ts';

const MAX_DOCUMENTS = 1000;

export interface ScopeDialogProps {
  workspace: string;
  scope: Scope;
  onScope(scope: Scope): void;
  onClose(): void;
}

/** What a question is answered from: the whole workspace, chosen documents, or a tag. */
export default function ScopeDialog({ workspace, scope, onScope, onClose }: ScopeDialogProps) {
  const t = useT();
  const [search, setSearch] = useState('');
  const text = useDeferredValue(search.trim()) || undefined;
  const list = useInfiniteQuery(
    pages('documents.list', api.documents.list, { workspace, status: 'ready' as const, query: text, limit: 50 }),
  );
  const toggle = (id: string, title: string) => {
    const isChosen = scope.documentIds.includes(id);
    const documentIds = isChosen ? scope.documentIds.filter((other) => other !== id) : [...scope.documentIds, id];
    onScope({ ...scope, documentIds: documentIds.slice(0, MAX_DOCUMENTS), titles: { ...scope.titles, [id]: title } });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('What to ask')}
      actions={
        <>
          <Button onClick={() => onScope({ ...emptyScope, model: scope.model })}>{t('Whole workspace')}</Button>
          <Button variant="primary" onClick={onClose}>
            {t('Done')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SelectField
          label={t('Answer from')}
          value={scope.mode ?? ''}
          onChange={({ target }) => onScope({ ...scope, mode: (target.value || undefined) as Scope['mode'] })}
          options={[
            ['', t('As set in the workspace')],
            ['chat', t('Documents first, then what the model knows')],
            ['query', t('Documents only')],
          ]}
        />
        <TextField
          label={t('Tag')}
          hint={t('Only documents with exactly this tag.')}
          value={scope.metadata?.tags ?? ''}
          onChange={({ target }) =>
            onScope({ ...scope, metadata: target.value === '' ? undefined : { tags: target.value } })
          }
        />
        <TextField
          label={t('Documents')}
          type="search"
          placeholder={t('Find a document')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {list.isPending && <Loading />}
        <ul className="flex flex-col">
          {list.data?.pages
            .flatMap(({ items }) => items)
            .map(({ id, title }) => (
              <li key={id}>
                <label className="flex min-h-9 items-center gap-2.5 rounded-lg px-1 text-sm hover:bg-surface">
                  <input
                    type="checkbox"
                    checked={scope.documentIds.includes(id)}
                    onChange={() => toggle(id, title)}
                    className="size-4 accent-accent"
                  />
                  <span dir="auto" className="min-w-0 truncate">
                    {title}
                  </span>
                </label>
              </li>
            ))}
        </ul>
        {list.hasNextPage && <Button onClick={() => list.fetchNextPage()}>{t('Show more')}</Button>}
      </div>
    </Dialog>
  );
}
