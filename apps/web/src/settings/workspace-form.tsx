import type { Workspace } from '@lorebox/contract/workspace';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { type Inputs, query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Switch } from '../ui/switch.tsx';
import { notify } from '../ui/toast.tsx';
import { languageNames } from './language-names.ts';

type Change = Omit<Inputs['workspaces']['update'], 'workspace'>;

/** Every setting of a workspace. Only what was changed is sent. */
export function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const t = useT();
  const queryClient = useQueryClient();
  const models = useQuery({ ...query('models.list', api.models.list, undefined), staleTime: 60_000 });
  const [change, setChange] = useState<Change>({});
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const value = { ...workspace, ...change } as Workspace;
  const set = (next: Change) => setChange({ ...change, ...next });
  const number = (text: string) => (text === '' ? null : Number(text));
  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.workspaces.update.mutate({ workspace: workspace.id, ...change });
      notify(t('Saved'));
      await queryClient.invalidateQueries({ queryKey: ['workspaces.get'] });
      await queryClient.invalidateQueries({ queryKey: ['workspaces.list'] });
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  const usable = models.data?.models ?? [];
  const hasModel = value.model === null || usable.some(({ id }) => id === value.model);
  return (
    <form onSubmit={save}>
      <Section title={t('Answers')}>
        <TextField
          label={t('Name')}
          value={value.name}
          maxLength={200}
          required
          onChange={({ target }) => set({ name: target.value })}
        />
        <SelectField
          label={t('Model')}
          value={value.model ?? ''}
          onChange={({ target }) => set({ model: target.value || null })}
          options={[
            ['', t('Default of the installation')],
            ...(hasModel ? [] : [[value.model ?? '', value.model ?? ''] as const]),
            ...usable.map(({ id, name, problem }) => [id, problem ? `${name} (${t('not available')})` : name] as const),
          ]}
        />
        <SelectField
          label={t('Answer from')}
          value={value.mode}
          onChange={({ target }) => set({ mode: target.value as Workspace['mode'] })}
          options={[
            ['chat', t('Documents first, then what the model knows')],
            ['query', t('Documents only')],
          ]}
        />
        <TextArea
          label={t('Instructions')}
          hint={t('Sent to the model with every question.')}
          value={value.instructions}
          maxLength={20_000}
          onChange={({ target }) => set({ instructions: target.value })}
        />
        <TextField
          label={t('Answer if the documents have none')}
          value={value.refusalText}
          maxLength={2000}
          onChange={({ target }) => set({ refusalText: target.value })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('Temperature')}
            hint={t('0 to 2. Empty: the default.')}
            type="number"
            min={0}
            max={2}
            step={0.1}
            value={value.temperature ?? ''}
            onChange={({ target }) => set({ temperature: number(target.value) })}
          />
          <TextField
            label={t('Longest answer in tokens')}
            hint={t('Empty: the default.')}
            type="number"
            min={16}
            max={131_072}
            value={value.maxAnswerTokens ?? ''}
            onChange={({ target }) => set({ maxAnswerTokens: number(target.value) })}
          />
          <SelectField
            label={t('Thinking')}
            value={value.thinking}
            onChange={({ target }) => set({ thinking: target.value as Workspace['thinking'] })}
            options={[
              ['off', t('Off')],
              ['low', t('Low')],
              ['medium', t('Medium')],
              ['high', t('High')],
              ['default', t('As the model does by itself')],
            ]}
          />
          <TextField
            label={t('Earlier messages to include')}
            type="number"
            min={0}
            max={100}
            value={value.historyMessages}
            onChange={({ target }) => set({ historyMessages: Number(target.value) })}
          />
        </div>
        <Switch
          label={t('Always use this model')}
          isOn={value.lockModel}
          onChange={(lockModel) => set({ lockModel })}
        />
        <Switch
          label={t('Keep everything on this machine')}
          hint={t('No text of this workspace is sent to another server. Only an admin can turn this off.')}
          isOn={value.localOnly}
          onChange={(localOnly) => set({ localOnly })}
        />
      </Section>
      <Section title={t('Search')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('Passages per question')}
            type="number"
            min={1}
            max={50}
            value={value.topK}
            onChange={({ target }) => set({ topK: Number(target.value) })}
          />
          <TextField
            label={t('Least similarity')}
            hint={t('0 to 1. Passages below it are left out.')}
            type="number"
            min={0}
            max={1}
            step={0.05}
            value={value.similarityFloor}
            onChange={({ target }) => set({ similarityFloor: Number(target.value) })}
          />
          <SelectField
            label={t('Language of the documents')}
            value={value.language}
            onChange={({ target }) => set({ language: target.value as Workspace['language'] })}
            options={[['auto', t('Find out by itself')], ...languageNames()]}
          />
          <TextField
            label={t('Reranker')}
            hint={t('Empty: the default. "off" turns it off.')}
            dir="ltr"
            value={value.reranker ?? ''}
            onChange={({ target }) => set({ reranker: target.value || null })}
          />
          <TextField
            label={t('Embedder')}
            hint={t('Empty: the default. Documents are embedded again in the background.')}
            dir="ltr"
            value={value.embedder ?? ''}
            onChange={({ target }) => set({ embedder: target.value || null })}
          />
          <SelectField
            label={t('Summaries of long documents')}
            value={value.summaries}
            onChange={({ target }) => set({ summaries: target.value as Workspace['summaries'] })}
            options={[
              ['off', t('None')],
              ['local', t('By models on this machine')],
              ['any', t('By any model')],
            ]}
          />
        </div>
        <Switch
          label={t('Rewrite follow-up questions')}
          hint={t('Finds more in a conversation, and costs one more call of the model.')}
          isOn={value.rewriteFollowUps}
          onChange={(rewriteFollowUps) => set({ rewriteFollowUps })}
        />
        <Switch
          label={t('Fill the context window')}
          hint={t('Adds the text around the best passages.')}
          isOn={value.expandSources}
          onChange={(expandSources) => set({ expandSources })}
        />
      </Section>
      {error !== null && <ProblemNote error={error} />}
      <Button
        variant="primary"
        type="submit"
        className="mb-8"
        isBusy={isBusy}
        disabled={Object.keys(change).length === 0}
      >
        {t('Save')}
      </Button>
    </form>
  );
}
