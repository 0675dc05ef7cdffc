import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { type Outputs, query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Empty, Loading } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { fillVariables, variablesOf } from './prompt-variables.ts';

type Prompt = Outputs['prompts']['list']['items'][number];

export interface PromptsDialogProps {
  workspace: string;
  onUse(text: string): void;
  onClose(): void;
}

/** Saved questions, with blanks to fill in. */
export default function PromptsDialog({ workspace, onUse, onClose }: PromptsDialogProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const [filling, setFilling] = useState<Prompt | null>(null);
  const [editing, setEditing] = useState<Prompt | 'new' | null>(null);
  const { data, error, isPending, refetch } = useQuery(
    query('prompts.list', api.prompts.list, { workspace, limit: 200 }),
  );
  const choose = (prompt: Prompt) => (variablesOf(prompt.text).length > 0 ? setFilling(prompt) : onUse(prompt.text));
  async function remove(promptId: string) {
    try {
      await api.prompts.delete.mutate({ promptId });
      await queryClient.invalidateQueries({ queryKey: ['prompts.list'] });
    } catch (cause) {
      notifyProblem(cause);
    }
  }
  if (filling) return <FillForm prompt={filling} onUse={onUse} onClose={() => setFilling(null)} />;
  if (editing) {
    return (
      <PromptForm workspace={workspace} prompt={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('Prompts')}
      actions={
        <Button onClick={() => setEditing('new')}>
          <Plus className="size-4" aria-hidden />
          {t('New prompt')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <ProblemNote error={error} onRetry={refetch} />}
      {data?.items.length === 0 && (
        <Empty title={t('No prompts yet')}>{t('Save questions that you ask again and again.')}</Empty>
      )}
      <ul className="flex flex-col gap-1">
        {data?.items.map((prompt) => (
          <li key={prompt.id} className="flex items-center gap-1 rounded-lg hover:bg-surface">
            <button
              type="button"
              dir="auto"
              onClick={() => choose(prompt)}
              className="min-h-10 min-w-0 grow truncate px-2 text-start text-sm"
            >
              {prompt.title}
            </button>
            {prompt.workspaceId !== null && <Badge>{t('Workspace')}</Badge>}
            <Button size="small" variant="ghost" onClick={() => setEditing(prompt)}>
              {t('Edit')}
            </Button>
            <IconButton label={t('Delete “{title}”', { title: prompt.title })} onClick={() => remove(prompt.id)}>
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function FillForm({ prompt, onUse, onClose }: { prompt: Prompt; onUse(text: string): void; onClose(): void }) {
  const t = useT();
  const [values, setValues] = useState<Record<string, string>>({});
  function use(event: FormEvent) {
    event.preventDefault();
    onUse(fillVariables(prompt.text, values));
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={prompt.title}
      actions={
        <Button variant="primary" type="submit" form="fill-prompt">
          {t('Use')}
        </Button>
      }
    >
      <form id="fill-prompt" onSubmit={use} className="flex flex-col gap-4">
        {variablesOf(prompt.text).map((name) => (
          <TextField
            key={name}
            label={name}
            value={values[name] ?? ''}
            onChange={({ target }) => setValues({ ...values, [name]: target.value })}
            required
          />
        ))}
      </form>
    </Dialog>
  );
}

interface PromptFormProps {
  workspace: string;
  prompt: Prompt | null;
  onClose(): void;
}

function PromptForm({ workspace, prompt, onClose }: PromptFormProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(prompt?.title ?? '');
  const [text, setText] = useState(prompt?.text ?? '');
  const [isShared, setShared] = useState(prompt !== null && prompt.workspaceId !== null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if (prompt) await api.prompts.update.mutate({ promptId: prompt.id, title, text });
      else await api.prompts.create.mutate({ title, text, workspace: isShared ? workspace : undefined });
      await queryClient.invalidateQueries({ queryKey: ['prompts.list'] });
      onClose();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={prompt ? t('Edit prompt') : t('New prompt')}
      actions={
        <Button variant="primary" type="submit" form="edit-prompt" isBusy={isBusy}>
          {t('Save')}
        </Button>
      }
    >
      <form id="edit-prompt" onSubmit={save} className="flex flex-col gap-4">
        <TextField label={t('Title')} value={title} onChange={({ target }) => setTitle(target.value)} required />
        <TextArea
          label={t('Text')}
          hint={t('Write {example} for what changes from time to time.', { example: '{{name}}' })}
          value={text}
          rows={6}
          onChange={({ target }) => setText(target.value)}
          required
        />
        {!prompt && <Switch label={t('For everyone in this workspace')} isOn={isShared} onChange={setShared} />}
        {error !== null && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}
