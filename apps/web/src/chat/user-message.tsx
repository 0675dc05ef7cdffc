import type { Message } from '@lorebox/contract/chat';
import { Copy, Pencil } from 'lucide-react';
import { type FormEvent, memo, useState } from 'react';
import { api } from '../api/client.ts';
import { CommentButton } from '../comments/comment-button.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { useCopy } from '../ui/use-copy.ts';
import { awaitedAnswers } from './awaited-answers.ts';
import { refreshMessages } from './refresh-messages.ts';

export const UserMessage = memo(function UserMessage({
  message,
  isReadOnly,
}: {
  message: Message;
  isReadOnly: boolean;
}) {
  const t = useT();
  const [draft, setDraft] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { copy } = useCopy();
  async function resend(event: FormEvent) {
    event.preventDefault();
    if (draft === null) return;
    setBusy(true);
    try {
      const { answerId } = await api.chat.editAndResend.mutate({ messageId: message.id, question: draft });
      awaitedAnswers.add(answerId);
      setDraft(null);
      await refreshMessages(message.threadId);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  }
  if (draft !== null) {
    return (
      <form onSubmit={resend} className="flex flex-col gap-2">
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the user has just chosen to edit
          autoFocus
          dir="auto"
          aria-label={t('Edit your question')}
          value={draft}
          maxLength={20_000}
          rows={3}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
          className={inputClass}
        />
        <p className="text-sm text-muted">{t('Asking again replaces this question and everything after it.')}</p>
        <div className="flex justify-end gap-2">
          <Button size="small" onClick={() => setDraft(null)}>
            {t('Cancel')}
          </Button>
          <Button size="small" variant="primary" type="submit" isBusy={isBusy} disabled={draft.trim() === ''}>
            {t('Ask again')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <article aria-label={t('Question')} className="offscreen-skip group ms-auto max-w-[85%]">
      <p dir="auto" className="rounded-2xl bg-accent-soft px-4 py-2.5 break-words whitespace-pre-wrap">
        {message.text}
      </p>
      <div className="mt-1 flex justify-end opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <CommentButton threadId={message.threadId} messageId={message.id} />
        <IconButton label={t('Copy')} onClick={() => copy(message.text)}>
          <Copy />
        </IconButton>
        {!isReadOnly && (
          <IconButton label={t('Edit and ask again')} onClick={() => setDraft(message.text)}>
            <Pencil />
          </IconButton>
        )}
      </div>
    </article>
  );
});
