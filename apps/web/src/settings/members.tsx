import type { MemberRole } from '@lorebox/contract/workspace';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { pages, query } from '../api/queries.ts';
import type { Translate } from '../i18n/use-t.ts';
import { useT } from '../i18n/use-t.ts';
import { useSession } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { inputClass, SelectField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { notifyProblem } from '../ui/toast.tsx';

export const memberRoles = (t: Translate): readonly (readonly [MemberRole, string])[] => [
  ['viewer', t('Viewer: read and ask')],
  ['editor', t('Editor: also change documents')],
  ['owner', t('Owner: also settings and members')],
];

/** Who may use a workspace. */
export function Members({ workspace }: { workspace: string }) {
  const t = useT();
  const session = useSession();
  const queryClient = useQueryClient();
  const members = useInfiniteQuery(pages('workspaces.members', api.workspaces.members, { workspace, limit: 100 }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['workspaces.members'] });
  async function run(action: () => Promise<unknown>) {
    try {
      await action();
      await refresh();
    } catch (error) {
      notifyProblem(error);
    }
  }
  if (members.isPending) return <Loading />;
  if (members.error) return <ProblemNote error={members.error} onRetry={members.refetch} />;
  const list = members.data.pages.flatMap(({ items }) => items);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">{t('Admins and managers can use every workspace.')}</p>
      {list.length === 0 && <p className="text-sm">{t('No members yet.')}</p>}
      <ul className="flex flex-col gap-2">
        {list.map(({ userId, username, role }) => (
          <li key={userId} className="flex flex-wrap items-center gap-3 rounded-lg border p-2.5 text-sm">
            <span className="min-w-0 grow truncate font-medium">{username}</span>
            <select
              value={role}
              aria-label={t('Role of {name}', { name: username })}
              onChange={({ target }) =>
                run(() => api.workspaces.setMember.mutate({ workspace, userId, role: target.value as MemberRole }))
              }
              className={`${inputClass} w-auto`}
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
              onClick={() => run(() => api.workspaces.removeMember.mutate({ workspace, userId }))}
            >
              {t('Remove')}
            </Button>
          </li>
        ))}
      </ul>
      {members.hasNextPage && <Button onClick={() => members.fetchNextPage()}>{t('Show more')}</Button>}
      {session.role !== 'member' && (
        <AddMember workspace={workspace} known={new Set(list.map(({ userId }) => userId))} onAdded={refresh} />
      )}
    </div>
  );
}

interface AddMemberProps {
  workspace: string;
  known: ReadonlySet<string>;
  onAdded(): void;
}

function AddMember({ workspace, known, onAdded }: AddMemberProps) {
  const t = useT();
  const users = useQuery(query('users.list', api.users.list, { role: 'member' as const, limit: 200 }));
  const [userId, setUserId] = useState('');
  const [role, setRole] = useState<MemberRole>('viewer');
  const [error, setError] = useState<unknown>(null);
  const others = users.data?.items.filter(({ id, suspended }) => !known.has(id) && !suspended) ?? [];
  async function add(event: FormEvent) {
    event.preventDefault();
    setError(null);
    try {
      await api.workspaces.setMember.mutate({ workspace, userId: userId || (others[0]?.id ?? ''), role });
      setUserId('');
      onAdded();
    } catch (cause) {
      setError(cause);
    }
  }
  if (others.length === 0) return null;
  return (
    <form onSubmit={add} className="flex flex-wrap items-end gap-3">
      <SelectField
        label={t('Add a user')}
        value={userId || others[0]?.id}
        onChange={({ target }) => setUserId(target.value)}
        options={others.map(({ id, username }) => [id, username] as const)}
      />
      <SelectField
        label={t('Role')}
        value={role}
        onChange={({ target }) => setRole(target.value as MemberRole)}
        options={memberRoles(t)}
      />
      <Button type="submit">{t('Add')}</Button>
      {error !== null && <ProblemNote error={error} />}
    </form>
  );
}
