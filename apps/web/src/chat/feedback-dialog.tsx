import type { Message } from '@lorebox/contract/chat';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Switch } from '../ui/switch.tsx';

/** Asks what was wrong with an answer. The rating itself is already stored. */
export function FeedbackDialog({ isOpen, message, onClose }: { isOpen: boolean; message: Message; onClose(): void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const [isShared, setShared] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function send() {
    setBusy(true);
    setError(null);
    try {
      await api.threads.rateMessage.mutate({
        messageId: message.id,
        feedback: 'down',
        share: isShared,
        reason: reason.trim() || undefined,
      });
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
      title={t('What was wrong?')}
      description={t('Your rating is saved. A reason helps to find out why.')}
      actions={
        <>
          <Button onClick={onClose}>{t('Skip')}</Button>
          <Button variant="primary" isBusy={isBusy} onClick={send}>
            {t('Send')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextArea
          label={t('Reason')}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
        />
        <Switch
          label={t('Share the question and the answer')}
          hint={t('Lets the owners of the workspace read both and use them as a test question.')}
          isOn={isShared}
          onChange={setShared}
        />
        {error !== null && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
