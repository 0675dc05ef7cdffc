import type { Comment } from '@lorebox/contract/comment';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { formatAgo } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { useSession } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { useComments } from './use-comments.ts';

export interface CommentsDialogProps {
  threadId: string;
  messageId: string;
  onClose(): void;
}

/** What readers of a chat say about one message. */
export default function CommentsDialog({ threadId, messageId, onClose }: CommentsDialogProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const comments = useComments(threadId).filter((comment) => comment.messageId === messageId);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function add(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.comments.create.mutate({ messageId, text });
      setText('');
      await queryClient.invalidateQueries({ queryKey: ['comments.list'] });
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
      title={t('Comments')}
      description={t('Everyone who may read this chat sees them. Name someone with @ to tell them.')}
    >
      <ul className="flex flex-col gap-3">
        {comments.map((comment) => (
          <CommentItem key={comment.id} comment={comment} />
        ))}
      </ul>
      <form onSubmit={add} className="flex flex-col gap-3 py-4">
        <TextArea
          label={t('New comment')}
          dir="auto"
          value={text}
          maxLength={10_000}
          onChange={({ target }) => setText(target.value)}
          required
        />
        {error !== null && <ProblemNote error={error} />}
        <Button variant="primary" type="submit" className="self-end" isBusy={isBusy} disabled={text.trim() === ''}>
          {t('Comment')}
        </Button>
      </form>
    </Dialog>
  );
}

function CommentItem({ comment }: { comment: Comment }) {
  const t = useT();
  const user = useSession();
  const queryClient = useQueryClient();
  const { id, author, text, mentions, resolved, createdAt } = comment;
  async function run(action: () => Promise<unknown>) {
    try {
      await action();
      await queryClient.invalidateQueries({ queryKey: ['comments.list'] });
      await queryClient.invalidateQueries({ queryKey: ['comments.mentions'] });
    } catch (error) {
      notifyProblem(error);
    }
  }
  return (
    <li className={cx('rounded-xl border p-3 text-sm', resolved && 'opacity-60')}>
      <p className="flex flex-wrap gap-x-2">
        <span className="font-medium">{author.username ?? t('Unknown')}</span>
        <span className="text-muted">{formatAgo(createdAt)}</span>
        {resolved && <span className="text-ok">{t('Resolved')}</span>}
      </p>
      <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
        <WithMentions text={text} mentions={mentions} />
      </p>
      <div className="mt-2 flex gap-1">
        <Button
          size="small"
          onClick={() => run(() => api.comments.resolve.mutate({ commentId: id, resolved: !resolved }))}
        >
          {resolved ? t('Reopen') : t('Resolve')}
        </Button>
        {author.userId === user.id && (
          <Button size="small" variant="ghost" onClick={() => run(() => api.comments.delete.mutate({ commentId: id }))}>
            {t('Delete')}
          </Button>
        )}
      </div>
    </li>
  );
}

function WithMentions({ text, mentions }: { text: string; mentions: readonly string[] }) {
  const names = new Set(mentions.map((name) => `@${name}`));
  return text.split(/(@[\p{L}\p{N}._@+-]+)/u).map((part, i) =>
    names.has(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their order
      <strong key={i} className="text-accent">
        {part}
      </strong>
    ) : (
      part
    ),
  );
}
