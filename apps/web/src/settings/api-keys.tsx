import type { Scope } from '@lorebox/contract/actor';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatAgo, formatDate } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { SecretDialog } from '../ui/secret-dialog.tsx';
import { Badge } from '../ui/states.tsx';
import { notifyProblem } from '../ui/toast.tsx';

const DAY_MS = 86_400_000;
const SCOPES: Record<string, Scope[]> = {
  chat: ['chat', 'documents:read', 'workspaces:read'],
  documents: ['chat', 'documents:read', 'documents:write', 'workspaces:read', 'sources:read'],
  all: ['*'],
};

/** API keys: create, rotate and revoke. `owners` has the names of users, to show whose keys they are. */
export function ApiKeys({ owners }: { owners?: ReadonlyMap<string, string> }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [isCreating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const keys = useInfiniteQuery(pages('apiKeys.list', api.apiKeys.list, { limit: 100 }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['apiKeys.list'] });
  async function rotate(keyId: string) {
    try {
      const { key } = await api.apiKeys.rotate.mutate({ keyId });
      setSecret(key);
      await refresh();
    } catch (error) {
      notifyProblem(error);
    }
  }
  return (
    <div className="flex flex-col gap-3">
      {keys.error && <ProblemNote error={keys.error} onRetry={keys.refetch} />}
      <ul className="flex flex-col gap-2">
        {keys.data?.pages
          .flatMap(({ items }) => items)
          .map(({ id, name, prefix, scopes, ownerId, expiresAt, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-3 rounded-lg border p-2.5 text-sm">
              <span className="min-w-0 grow">
                <span className="font-medium">{name}</span> <code dir="ltr">{prefix}…</code>
                <span className="block text-muted">
                  {owners && `${ownerId === null ? t('Installation') : (owners.get(ownerId) ?? ownerId)} · `}
                  {scopes.includes('*') ? t('Everything') : scopes.join(', ')}
                  {' · '}
                  {lastUsedAt ? t('used {time}', { time: formatAgo(lastUsedAt) }) : t('never used')}
                </span>
              </span>
              {expiresAt && <Badge>{t('Until {time}', { time: formatDate(expiresAt) })}</Badge>}
              <Button size="small" onClick={() => rotate(id)}>
                {t('Rotate')}
              </Button>
              <Button size="small" variant="danger" onClick={() => setRevoking({ id, name })}>
                {t('Revoke')}
              </Button>
            </li>
          ))}
      </ul>
      {keys.hasNextPage && (
        <Button className="self-start" isBusy={keys.isFetchingNextPage} onClick={() => keys.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
      <Button className="self-start" onClick={() => setCreating(true)}>
        {t('New API key')}
      </Button>
      {isCreating && (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onCreated={(key) => {
            setCreating(false);
            setSecret(key);
            void refresh();
          }}
        />
      )}
      {secret !== null && (
        <SecretDialog
          title={t('Copy the key now')}
          label={t('API key')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
      <Confirm
        isOpen={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t('Revoke this key?')}
        action={t('Revoke')}
        onConfirm={async () => {
          if (revoking) await api.apiKeys.revoke.mutate({ keyId: revoking.id });
          await refresh();
        }}
      >
        {t('Programs that use “{name}” stop working at once.', { name: revoking?.name ?? '' })}
      </Confirm>
    </div>
  );
}

function CreateKeyDialog({ onClose, onCreated }: { onClose(): void; onCreated(key: string): void }) {
  const t = useT();
  const { workspaces } = useWorkspaces();
  const [name, setName] = useState('');
  const [scope, setScope] = useState('chat');
  const [workspace, setWorkspace] = useState('');
  const [days, setDays] = useState('90');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function create(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { key } = await api.apiKeys.create.mutate({
        name,
        scopes: SCOPES[scope] ?? [],
        workspaceId: workspace || undefined,
        expiresAt: days === '' ? undefined : new Date(Date.now() + Number(days) * DAY_MS),
      });
      onCreated(key);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('New API key')}
      actions={
        <Button variant="primary" type="submit" form="create-key" isBusy={isBusy}>
          {t('Create')}
        </Button>
      }
    >
      <form id="create-key" onSubmit={create} className="flex flex-col gap-4">
        <TextField label={t('Name')} value={name} onChange={({ target }) => setName(target.value)} required />
        <SelectField
          label={t('May')}
          value={scope}
          onChange={({ target }) => setScope(target.value)}
          options={[
            ['chat', t('Ask and search')],
            ['documents', t('Ask, search and change documents')],
            ['all', t('Everything that you may')],
          ]}
        />
        <SelectField
          label={t('Workspace')}
          value={workspace}
          onChange={({ target }) => setWorkspace(target.value)}
          options={[['', t('All workspaces')], ...workspaces.map(({ id, name }) => [id, name] as const)]}
        />
        <SelectField
          label={t('Expires')}
          value={days}
          onChange={({ target }) => setDays(target.value)}
          options={[
            ['7', t('One week')],
            ['90', t('90 days')],
            ['365', t('One year')],
            ['', t('Never')],
          ]}
        />
        {error !== null && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}
