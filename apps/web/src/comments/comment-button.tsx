import { MessageSquare } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { useComments } from './use-comments.ts';

const CommentsDialog = lazy(() => import('./comments-dialog.tsx'));

/** Opens the comments on a message and shows how many are open. */
export function CommentButton({ threadId, messageId }: { threadId: string; messageId: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const open = useComments(threadId).filter((comment) => comment.messageId === messageId && !comment.resolved).length;
  return (
    <>
      <IconButton
        label={
          open === 0
            ? t('Comment')
            : t('{count, plural, one {# open comment} other {# open comments}}', { count: open })
        }
        isPressed={open > 0 ? true : undefined}
        onClick={() => setOpen(true)}
      >
        <MessageSquare />
      </IconButton>
      {isOpen && (
        <Suspense>
          <CommentsDialog threadId={threadId} messageId={messageId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
