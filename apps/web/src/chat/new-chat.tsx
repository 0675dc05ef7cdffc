import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { useAppInfo } from '../shell/session.tsx';
import { useWorkspaceRole } from '../shell/use-workspace-role.ts';
import { buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import { useWaiting } from './outbox.ts';
import { WaitingMessages } from './waiting-messages.tsx';

export function NewChat({ workspace, name }: { workspace: string; name: string }) {
  const t = useT();
  const { data } = useQuery(query('documents.summary', api.documents.summary, { workspace }));
  const welcome = useAppInfo()?.welcomeText;
  const waiting = useWaiting(workspace, undefined);
  const { canEdit } = useWorkspaceRole(workspace);
  const count = data?.ready ?? 0;
  return (
    <div className="flex min-h-0 grow flex-col justify-center overflow-y-auto">
      {welcome && <p className="mx-auto max-w-xl px-6 text-center break-words whitespace-pre-line">{welcome}</p>}
      <Empty icon={<MessagesSquare />} title={name === '' ? t('New chat') : t('Ask {name}', { name })}>
        {data &&
          (count > 0 ? (
            <p>
              {t('{count, plural, one {# document} other {# documents}} can be searched.', { count })}{' '}
              {t('Every answer shows where it comes from.')}
            </p>
          ) : (
            <>
              <p>{t('This workspace has no documents yet.')}</p>
              {canEdit && (
                <Link to="/w/$workspace/documents" params={{ workspace }} className={buttonClass('primary')}>
                  {t('Add documents')}
                </Link>
              )}
            </>
          ))}
      </Empty>
      <div className="mx-auto w-full max-w-3xl px-4">
        <WaitingMessages waiting={waiting} />
      </div>
    </div>
  );
}
