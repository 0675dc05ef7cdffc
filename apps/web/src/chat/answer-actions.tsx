import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Check, Copy, GitBranch, Info, RefreshCw, ThumbsDown, ThumbsUp } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { CommentButton } from '../comments/comment-button.tsx';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { useCopy } from '../ui/use-copy.ts';
import type { AssistantMessageProps } from './assistant-message-props.ts';
import { awaitedAnswers } from './awaited-answers.ts';
import { toMarkdown } from './export/to-markdown.ts';
import { FeedbackDialog } from './feedback-dialog.tsx';
import { refreshMessages } from './refresh-messages.ts';

const AnswerDetailsDialog = lazy(() => import('./answer-details-dialog.tsx'));

export function AnswerActions({ workspace, message, isLast, isReadOnly, onOpenPlace }: AssistantMessageProps) {
  const t = useT();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { isCopied, copy } = useCopy();
  const [isDetailsOpen, setDetailsOpen] = useState(false);
  const [isFeedbackOpen, setFeedbackOpen] = useState(false);
  const refresh = () => refreshMessages(message.threadId);
  async function run(action: () => Promise<unknown>) {
    try {
      await action();
    } catch (error) {
      notifyProblem(error);
    }
  }
  const regenerate = (model?: string) =>
    run(async () => {
      const { answerId } = await api.chat.regenerate.mutate({ messageId: message.id, model });
      awaitedAnswers.add(answerId);
      await refresh();
    });
  const branch = () =>
    run(async () => {
      const { id } = await api.threads.branch.mutate({ messageId: message.id });
      await queryClient.invalidateQueries({ queryKey: ['threads.list'] });
      await navigate({ to: '/w/$workspace/t/$thread', params: { workspace, thread: id } });
    });
  const rate = (feedback: 'up' | 'down') =>
    run(async () => {
      const isSame = message.feedback === feedback;
      await api.threads.rateMessage.mutate({ messageId: message.id, feedback: isSame ? null : feedback });
      await refresh();
      if (!isSame && feedback === 'down') setFeedbackOpen(true);
    });
  return (
    <div className="-ms-2 flex flex-wrap items-center">
      <IconButton label={isCopied ? t('Copied') : t('Copy')} onClick={() => copy(toMarkdown([message]))}>
        {isCopied ? <Check /> : <Copy />}
      </IconButton>
      {!isReadOnly && (
        <>
          {isLast && <RegenerateMenu onSelect={regenerate} />}
          <IconButton label={t('Good answer')} isPressed={message.feedback === 'up'} onClick={() => rate('up')}>
            <ThumbsUp />
          </IconButton>
          <IconButton label={t('Bad answer')} isPressed={message.feedback === 'down'} onClick={() => rate('down')}>
            <ThumbsDown />
          </IconButton>
        </>
      )}
      <IconButton label={t('Continue in a new chat')} onClick={branch}>
        <GitBranch />
      </IconButton>
      <CommentButton threadId={message.threadId} messageId={message.id} />
      <IconButton label={t('How this answer was made')} onClick={() => setDetailsOpen(true)}>
        <Info />
      </IconButton>
      {isDetailsOpen && (
        <Suspense>
          <AnswerDetailsDialog message={message} onClose={() => setDetailsOpen(false)} onOpenPlace={onOpenPlace} />
        </Suspense>
      )}
      <FeedbackDialog isOpen={isFeedbackOpen} message={message} onClose={() => setFeedbackOpen(false)} />
    </div>
  );
}

function RegenerateMenu({ onSelect }: { onSelect(model?: string): void }) {
  const t = useT();
  const models = useQuery({ ...query('models.list', api.models.list, undefined), staleTime: 60_000 });
  return (
    <Menu
      trigger={
        <IconButton label={t('Answer again')}>
          <RefreshCw />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onSelect()}>{t('Same model')}</MenuItem>
      {models.data?.models
        .filter(({ problem }) => problem === null)
        .map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => onSelect(id)}>
            {name}
          </MenuItem>
        ))}
    </Menu>
  );
}
