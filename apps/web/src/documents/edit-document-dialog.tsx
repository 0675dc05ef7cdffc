import type { Document } from '@lorebox/contract/document';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Switch } from '../ui/switch.tsx';

export default function EditDocumentDialog({ document, onClose }: { document: Document; onClose(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(document.title);
  const [tags, setTags] = useState(String(document.metadata.tags ?? ''));
  const [isPinned, setPinned] = useState(document.pinned);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { tags: _, ...rest } = document.metadata;
      const kept = tags.trim() === '' ? rest : { ...rest, tags: tags.trim() };
      await api.documents.update.mutate({ documentId: document.id, title, pinned: isPinned, metadata: kept });
      await queryClient.invalidateQueries({ queryKey: ['documents.list'] });
      await queryClient.invalidateQueries({ queryKey: ['documents.get'] });
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
      title={t('Edit document')}
      actions={
        <Button variant="primary" type="submit" form="edit-document" isBusy={isBusy}>
          {t('Save')}
        </Button>
      }
    >
      <form id="edit-document" onSubmit={save} className="flex flex-col gap-4">
        <TextField label={t('Title')} value={title} onChange={(event) => setTitle(event.target.value)} required />
        <TextField
          label={t('Tags')}
          hint={t('Separated by commas. You can ask questions about a tag alone.')}
          value={tags}
          onChange={(event) => setTags(event.target.value)}
        />
        <Switch
          label={t('Read with every question')}
          hint={t('The model reads the whole document with every question, as far as it fits.')}
          isOn={isPinned}
          onChange={setPinned}
        />
        {error !== null && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}
