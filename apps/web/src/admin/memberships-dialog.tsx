import type { User } from '@lorebox/contract/user';
import type { MemberRole } from '@lorebox/contract/workspace';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { memberRoles } from '../settings/members.tsx';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { inputClass, SelectField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { rowClass } from './paged-list.tsx';
import { useRun } from './use-run.ts';

/** The workspaces of a user. */
export function MembershipsDialog({ user, onClose }: { user: User; onClose(): void }) {
  const t = useT();
  const run = useRun('users.memberships', 'workspaces.members');
  const userId = user.id;
  const { data, error, isPending } = useQuery(query('users.memberships', api.users.memberships, { userId }));
  const { workspaces } = useWorkspaces();
  const [added, setAdded] = useState('');
  const known = new Set(data?.items.map(({ workspaceId }) => workspaceId));
  const others = workspaces.filter(({ id }) => !known.has(id));
  const set = (workspace: string, role: MemberRole) =>
    run(() => api.workspaces.setMember.mutate({ workspace, userId, role }));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('Workspaces of {name}', { name: user.username })}
      description={user.role === 'member' ? undefined : t('Admins and managers can use every workspace.')}
      actions={<Button onClick={onClose}>{t('Done')}</Button>}
    >
      {isPending && <Loading />}
      {error && <ProblemNote error={error} />}
      {data?.items.length === 0 && <p className="text-sm text-muted">{t('No workspaces yet.')}</p>}
      <ul className="flex flex-col gap-2">
        {data?.items.map(({ workspaceId, name, role }) => (
          <li key={workspaceId} className={rowClass}>
            <span className="min-w-0 grow truncate font-medium">{name}</span>
            <select
              value={role}
              aria-label={t('Role in {name}', { name })}
              className={`${inputClass} w-auto`}
              onChange={({ target }) => set(workspaceId, target.value as MemberRole)}
            >
              {memberRoles(t).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
            <Button
              size="small"
              variant="danger"
              onClick={() => run(() => api.workspaces.removeMember.mutate({ workspace: workspaceId, userId }))}
            >
              {t('Remove')}
            </Button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <div className="mt-4 flex items-end gap-3">
          <SelectField
            label={t('Add to')}
            className="min-w-0 grow"
            value={added || others[0]?.id}
            options={others.map(({ id, name }) => [id, name] as const)}
            onChange={({ target }) => setAdded(target.value)}
          />
          <Button
            onClick={async () => {
              await set(added || (others[0]?.id ?? ''), 'viewer');
              setAdded('');
            }}
          >
            {t('Add')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
