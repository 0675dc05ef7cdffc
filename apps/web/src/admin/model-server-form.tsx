import type { ModelServer } from '@lorebox/contract/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { notify } from '../ui/toast.tsx';

const ALL_MODELS = 'openai:*';

/** The server with hosted models: its address, its key, and whether workspaces may use it. */
export function ModelServerForm() {
  const server = useQuery(query('models.server', api.models.server, undefined));
  const settings = useQuery(query('settings.get', api.settings.get, undefined));
  if (server.error) return <ProblemNote error={server.error} onRetry={server.refetch} />;
  if (!server.data || !settings.data) return <Loading />;
  const { allowedModels } = settings.data;
  return <ServerForm key={server.data.url} server={server.data} allowedModels={allowedModels} />;
}

function ServerForm({ server, allowedModels }: { server: ModelServer; allowedModels: readonly string[] }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState(server.url ?? '');
  const [apiKey, setApiKey] = useState('');
  const isAllowed = allowedModels.includes(ALL_MODELS) || allowedModels.includes('*');
  const [mayUse, setMayUse] = useState(isAllowed);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run(action: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    try {
      await action();
      notify(t('Saved'));
      setApiKey('');
      await Promise.all(
        ['models.server', 'models.list', 'settings.get'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      );
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  async function save(event: FormEvent) {
    event.preventDefault();
    await run(async () => {
      const isNew = server.isFromEnvironment || url !== server.url;
      const emptyKey = isNew && !server.hasApiKey ? null : undefined;
      if (isNew || apiKey !== '') await api.models.setServer.mutate({ url, apiKey: apiKey || emptyKey });
      if (mayUse === isAllowed) return;
      const others = allowedModels.filter((name) => name !== ALL_MODELS);
      await api.settings.update.mutate({ allowedModels: mayUse ? [...others, ALL_MODELS] : others });
    });
  }
  return (
    <form onSubmit={save} className="flex max-w-xl flex-col gap-4">
      <TextField
        label={t('Address')}
        type="url"
        dir="ltr"
        placeholder="https://api.example.com/v1"
        hint={
          server.isFromEnvironment
            ? t('Set by LOREBOX_OPENAI_URL. What you save here replaces it.')
            : t('Usually ends with /v1. Private addresses need LOREBOX_FETCH_ALLOW.')
        }
        value={url}
        maxLength={2000}
        required
        onChange={({ target }) => setUrl(target.value)}
      />
      <TextField
        label={t('API key')}
        type="password"
        autoComplete="off"
        dir="ltr"
        placeholder={server.hasApiKey ? '••••••••' : ''}
        hint={
          server.hasApiKey
            ? t('A key is stored. It is never shown. Enter it again if you change the address.')
            : t('Stored encrypted. It is never shown again.')
        }
        value={apiKey}
        maxLength={500}
        onChange={({ target }) => setApiKey(target.value)}
      />
      <Switch
        label={t('Workspaces may use its models')}
        hint={t('Questions and passages of documents are sent to this server. Hosted services may cost money.')}
        isOn={mayUse}
        isDisabled={allowedModels.includes('*')}
        onChange={setMayUse}
      />
      {error !== null && <ProblemNote error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {t('Save')}
        </Button>
        {server.url !== null && !server.isFromEnvironment && (
          <Button
            variant="danger"
            isBusy={isBusy}
            onClick={() => run(() => api.models.setServer.mutate({ url: null }))}
          >
            {t('Remove server')}
          </Button>
        )}
      </div>
    </form>
  );
}
