import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

export function WorkspaceStep({ onDone }: { onDone(slug: string): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [name, setName] = useState(() => t('My documents'));
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function create(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { slug } = await api.workspaces.create.mutate({ name });
      await queryClient.invalidateQueries({ queryKey: ['workspaces.list'] });
      onDone(slug);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }
  return (
    <form onSubmit={create} className="flex flex-col gap-4">
      <TextField
        label={t('Name')}
        hint={t('A workspace holds documents and the chats about them.')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={200}
        required
      />
      {error !== null && <ProblemNote error={error} />}
      <Button variant="primary" type="submit" isBusy={isBusy}>
        {t('Create and add documents')}
      </Button>
    </form>
  );
}
