import type { Role, User } from '@lorebox/contract/user';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ellipsis, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { formatDate } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useSession } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { SelectField } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { Badge } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';
import { MembershipsDialog } from './memberships-dialog.tsx';
import { PagedList, rowClass } from './paged-list.tsx';
import { roleNames } from './roles.ts';
import { useRun } from './use-run.ts';
import { CreateUserDialog, PasswordDialog, RoleDialog } from './user-dialogs.tsx';

type Open = 'role' | 'password' | 'memberships' | 'delete';

export function UsersPage() {
  const t = useT();
  const session = useSession();
  const [role, setRole] = useState<Role | ''>('');
  const [isCreating, setCreating] = useState(false);
  const users = useInfiniteQuery(pages('users.list', api.users.list, { role: role || undefined, limit: 100 }));
  const isAdmin = session.role === 'admin';
  return (
    <AdminPage
      title={t('Users')}
      actions={
        isAdmin && (
          <Button onClick={() => setCreating(true)}>
            <UserPlus className="size-4" aria-hidden />
            {t('New user')}
          </Button>
        )
      }
    >
      <SelectField
        label={t('Show')}
        className="mb-4 max-w-60"
        value={role}
        onChange={({ target }) => setRole(target.value as Role | '')}
        options={[['', t('All users')], ...Object.entries(roleNames(t))]}
      />
      <PagedList list={users} empty={t('No users with this role')}>
        {(user) => <UserRow key={user.id} user={user} isEditable={isAdmin} isSelf={user.id === session.id} />}
      </PagedList>
      {isCreating && <CreateUserDialog onClose={() => setCreating(false)} />}
    </AdminPage>
  );
}

function UserRow({ user, isEditable, isSelf }: { user: User; isEditable: boolean; isSelf: boolean }) {
  const t = useT();
  const run = useRun('users.list');
  const [open, setOpen] = useState<Open | null>(null);
  const { id: userId, username, role, suspended, createdAt } = user;
  const close = () => setOpen(null);
  return (
    <li className={rowClass}>
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{username}</span>
        <span className="text-muted">{t('Since {time}', { time: formatDate(createdAt) })}</span>
      </span>
      {isSelf && <Badge tone="ok">{t('You')}</Badge>}
      {suspended && <Badge tone="warning">{t('Suspended')}</Badge>}
      <Badge>{roleNames(t)[role]}</Badge>
      <Menu
        trigger={
          <IconButton label={t('Actions for “{name}”', { name: username })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setOpen('memberships')}>{t('Workspaces')}</MenuItem>
        {isEditable && (
          <>
            <MenuItem onSelect={() => setOpen('role')}>{t('Change role')}</MenuItem>
            <MenuItem onSelect={() => setOpen('password')}>{t('Set password')}</MenuItem>
            <MenuItem onSelect={() => run(() => api.users.update.mutate({ userId }), t('Signed out everywhere'))}>
              {t('Sign out everywhere')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              isDisabled={isSelf}
              onSelect={() => run(() => api.users.update.mutate({ userId, suspended: !suspended }))}
            >
              {suspended ? t('Let in again') : t('Suspend')}
            </MenuItem>
            <MenuItem isDanger isDisabled={isSelf} onSelect={() => setOpen('delete')}>
              {t('Delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {open === 'memberships' && <MembershipsDialog user={user} onClose={close} />}
      {open === 'role' && <RoleDialog user={user} onClose={close} />}
      {open === 'password' && <PasswordDialog user={user} onClose={close} />}
      <Confirm
        isOpen={open === 'delete'}
        onClose={close}
        title={t('Delete “{name}”?', { name: username })}
        action={t('Delete')}
        onConfirm={async () => {
          await api.users.delete.mutate({ userId });
          await run(async () => {});
        }}
      >
        {t('Their sessions, API keys and memberships end at once. Their chats stay stored. This can’t be undone.')}
      </Confirm>
    </li>
  );
}
