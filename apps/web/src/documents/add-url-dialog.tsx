import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

export function AddUrlDialog({ workspace, isOpen, onClose }: { workspace: string; isOpen: boolean; onClose(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function add(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.documents.addUrl.mutate({ workspace, url });
      await queryClient.invalidateQueries({ queryKey: ['documents.list'] });
      await queryClient.invalidateQueries({ queryKey: ['documents.summary'] });
      setUrl('');
      onClose();
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
      title={t('Add a web page')}
      description={t('Lorebox reads the page once. To keep it up to date, add it as a source.')}
      actions={
        <Button variant="primary" type="submit" form="add-url" isBusy={isBusy}>
          {t('Add')}
        </Button>
      }
    >
      <form id="add-url" onSubmit={add}>
        <TextField
          label={t('Address')}
          type="url"
          dir="ltr"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="https://example.com/handbook"
          required
        />
        {error !== null && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}
