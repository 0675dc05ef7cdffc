import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

export function NewWorkspaceDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function create(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { slug } = await api.workspaces.create.mutate({ name });
      await queryClient.invalidateQueries({ queryKey: ['workspaces.list'] });
      setName('');
      onClose();
      await navigate({ to: '/w/$workspace/documents', params: { workspace: slug } });
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('New workspace')}
      description={t('A workspace holds documents and the chats about them.')}
      actions={
        <Button variant="primary" type="submit" form="new-workspace" isBusy={isBusy}>
          {t('Create')}
        </Button>
      }
    >
      <form id="new-workspace" onSubmit={create}>
        <TextField
          label={t('Name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={200}
          autoFocus
        />
        {error !== null && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}
