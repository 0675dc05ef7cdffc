import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { PullModel } from '../settings/pull-model.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Loading } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';
import { EmbedderChanges } from './embedder-changes.tsx';
import { ModelRow } from './model-row.tsx';
import { ModelServerForm } from './model-server-form.tsx';
import { rowClass } from './paged-list.tsx';
import { SelectSetting, SettingsFormBody, TextSetting } from './setting-fields.tsx';
import { useSettingsForm } from './use-settings-form.ts';

/** Chat models, their servers, the embedder and the reranker. */
export function ModelsPage() {
  const t = useT();
  const form = useSettingsForm();
  const models = useQuery(query('models.list', api.models.list, undefined));
  const list = models.data?.models ?? [];
  const providers = models.data?.providers ?? [];
  const hasOllama = providers.some(({ provider, available }) => provider === 'ollama' && available);
  return (
    <AdminPage
      title={t('Models')}
      actions={
        <Button isBusy={models.isFetching} onClick={() => models.refetch()}>
          <RefreshCw className="size-4" aria-hidden />
          {t('Look again')}
        </Button>
      }
    >
      <Section title={t('Defaults')} hint={t('For workspaces that have no model, embedder or reranker of their own.')}>
        <SettingsFormBody form={form}>
          <div className="mb-4 grid gap-4 lg:grid-cols-2">
            <SelectSetting
              form={form}
              name="defaultModel"
              label={t('Default model')}
              options={[['', t('Automatic: the first that is available')], ...list.map(({ id }) => [id, id] as const)]}
            />
            <TextSetting
              form={form}
              name="embedder"
              label={t('Embedder')}
              hint={t('shipped, shipped:multilingual, ollama:MODEL or openai:MODEL. Search works during the change.')}
            />
            <TextSetting
              form={form}
              name="reranker"
              label={t('Reranker')}
              hint={t('off, onnx:MODEL, gguf:FILE or http:MODEL.')}
            />
          </div>
        </SettingsFormBody>
        <EmbedderChanges />
      </Section>
      <Section title={t('Chat models')}>
        {models.isPending && <Loading />}
        {models.error && <ProblemNote error={models.error} onRetry={models.refetch} />}
        <ul className="flex flex-col gap-2">
          {list.map((model) => (
            <ModelRow key={model.id} model={model} />
          ))}
        </ul>
        {hasOllama && <PullModel suggestion="" onPulled={models.refetch} />}
      </Section>
      <Section title={t('Providers')}>
        <ul className="flex flex-col gap-2">
          {providers.map(({ provider, available, message }) => (
            <li key={provider} className={rowClass}>
              <Badge tone={available ? 'ok' : 'warning'}>{available ? t('Available') : t('Not available')}</Badge>
              <span className="min-w-0 grow basis-60 break-words">
                <span className="font-medium">{provider}</span>: <span className="text-muted">{message}</span>
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('OpenAI-compatible server')}
        hint={t('A hosted service, or a server of yours such as llama.cpp, vLLM or LM Studio.')}
      >
        <ModelServerForm />
      </Section>
    </AdminPage>
  );
}
