import type { Role } from '@lorebox/contract/user';
import type { MemberRole } from '@lorebox/contract/workspace';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { memberRoles } from '../settings/members.tsx';
import { useSession } from '../shell/session.tsx';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { inputClass, SelectField } from '../ui/field.tsx';
import { FormDialog } from './form-dialog.tsx';
import { roleOptions } from './roles.ts';

const DAY_MS = 86_400_000;

export function InviteDialog({ onClose, onCreated }: { onClose(): void; onCreated(url: string): void }) {
  const t = useT();
  const session = useSession();
  const queryClient = useQueryClient();
  const { workspaces } = useWorkspaces();
  const [role, setRole] = useState<Role>('member');
  const [days, setDays] = useState('7');
  const [chosen, setChosen] = useState<ReadonlyMap<string, MemberRole>>(new Map());
  function choose(id: string, memberRole: MemberRole | null) {
    const next = new Map(chosen);
    if (memberRole === null) next.delete(id);
    else next.set(id, memberRole);
    setChosen(next);
  }
  async function create() {
    const { url } = await api.invites.create.mutate({
      role,
      memberships: [...chosen].map(([workspace, memberRole]) => ({ workspace, role: memberRole })),
      expiresAt: new Date(Date.now() + Number(days) * DAY_MS),
    });
    onCreated(url);
    await queryClient.invalidateQueries({ queryKey: ['invites.list'] });
  }
  const roles = roleOptions(t).filter(([value]) => session.role === 'admin' || value !== 'admin');
  return (
    <FormDialog title={t('Invite somebody')} action={t('Create a link')} onClose={onClose} onSubmit={create}>
      <SelectField
        label={t('Role')}
        value={role}
        options={roles}
        onChange={({ target }) => setRole(target.value as Role)}
      />
      <SelectField
        label={t('The link works for')}
        value={days}
        options={[
          ['1', t('One day')],
          ['7', t('One week')],
          ['30', t('30 days')],
          ['90', t('90 days')],
        ]}
        onChange={({ target }) => setDays(target.value)}
      />
      {workspaces.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium">{t('Workspaces')}</legend>
          {workspaces.map(({ id, name }) => (
            <div key={id} className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
              <label className="flex min-w-0 grow items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={chosen.has(id)}
                  onChange={({ target }) => choose(id, target.checked ? 'viewer' : null)}
                />
                <span className="truncate">{name}</span>
              </label>
              {chosen.has(id) && (
                <select
                  value={chosen.get(id)}
                  aria-label={t('Role in {name}', { name })}
                  className={`${inputClass} w-auto text-sm`}
                  onChange={({ target }) => choose(id, target.value as MemberRole)}
                >
                  {memberRoles(t).map(([value, text]) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
                </select>
              )}
            </div>
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}
