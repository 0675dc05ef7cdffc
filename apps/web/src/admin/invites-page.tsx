import type { Invite } from '@lorebox/contract/invite';
import { useInfiniteQuery } from '@tanstack/react-query';
import { MailPlus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useSession } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { SecretDialog } from '../ui/secret-dialog.tsx';
import { Badge } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PagedList, rowClass } from './paged-list.tsx';
import { roleNames } from './roles.ts';
import { useRun } from './use-run.ts';

export function InvitesPage() {
  const t = useT();
  const [isCreating, setCreating] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const list = useInfiniteQuery(pages('invites.list', api.invites.list, { limit: 100 }));
  return (
    <AdminPage
      title={t('Invites')}
      actions={
        <Button onClick={() => setCreating(true)}>
          <MailPlus className="size-4" aria-hidden />
          {t('Invite somebody')}
        </Button>
      }
    >
      <p className="mb-4 text-sm text-muted">
        {t('Anyone who opens an invite link can choose a username and a password. Each link works once.')}
      </p>
      <PagedList list={list} empty={t('No invites yet')}>
        {(invite) => <InviteRow key={invite.id} invite={invite} />}
      </PagedList>
      {isCreating && (
        <InviteDialog
          onClose={() => setCreating(false)}
          onCreated={(url) => {
            setCreating(false);
            setLink(`${location.origin}${url}`);
          }}
        />
      )}
      {link !== null && (
        <SecretDialog
          title={t('Send this link')}
          label={t('Invite link')}
          secret={link}
          onClose={() => setLink(null)}
        />
      )}
    </AdminPage>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const t = useT();
  const session = useSession();
  const run = useRun('invites.list');
  const { id: inviteId, role, memberships, invitedBy, createdAt, expiresAt, acceptedBy, acceptedAt } = invite;
  const isExpired = expiresAt.getTime() <= Date.now();
  const isOpen = acceptedAt === null && !isExpired;
  const isMine = session.role === 'admin' || role !== 'admin';
  return (
    <li className={rowClass}>
      <span className="min-w-0 grow">
        <span className="block font-medium break-words">
          {acceptedAt
            ? acceptedBy
              ? t('Accepted by {name}', { name: acceptedBy })
              : t('Accepted')
            : memberships.length === 0
              ? t('No workspaces')
              : memberships.map(({ name }) => name).join(', ')}
        </span>
        <span className="text-muted">
          {invitedBy
            ? t('By {name} {time}', { name: invitedBy, time: formatAgo(createdAt) })
            : t('Created {time}', { time: formatAgo(createdAt) })}
          {isOpen && ` · ${t('Until {time}', { time: formatDateTime(expiresAt) })}`}
        </span>
      </span>
      <Badge>{roleNames(t)[role]}</Badge>
      {isOpen && <Badge tone="ok">{t('Waiting')}</Badge>}
      {acceptedAt === null && isExpired && <Badge tone="warning">{t('Expired')}</Badge>}
      {isMine && (
        <Button
          size="small"
          variant={isOpen ? 'danger' : 'plain'}
          onClick={() => run(() => api.invites.revoke.mutate({ inviteId }))}
        >
          {isOpen ? t('Revoke') : t('Remove')}
        </Button>
      )}
    </li>
  );
}
