import type { Document } from '@lorebox/contract/document';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

export interface MoveDialogProps {
  workspace: string;
  document: Document;
  onClose(): void;
}

export default function MoveDialog({ workspace, document, onClose }: MoveDialogProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const { workspaces } = useWorkspaces();
  const others = workspaces.filter(({ id, slug }) => id !== workspace && slug !== workspace);
  const [target, setTarget] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function move() {
    setBusy(true);
    setError(null);
    try {
      await api.documents.move.mutate({ documentId: document.id, workspace: target || (others[0]?.slug ?? '') });
      await queryClient.invalidateQueries({ queryKey: ['documents.list'] });
      await queryClient.invalidateQueries({ queryKey: ['documents.summary'] });
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
      title={t('Move to another workspace')}
      description={document.title}
      actions={
        <Button variant="primary" isBusy={isBusy} disabled={others.length === 0} onClick={move}>
          {t('Move')}
        </Button>
      }
    >
      {others.length === 0 ? (
        <p className="text-sm text-muted">{t('There is no other workspace that you can use.')}</p>
      ) : (
        <SelectField
          label={t('Workspace')}
          value={target || others[0]?.slug}
          onChange={(event) => setTarget(event.target.value)}
          options={others.map(({ slug, name }) => [slug, name] as const)}
        />
      )}
      {error !== null && <ProblemNote error={error} />}
    </Dialog>
  );
}
