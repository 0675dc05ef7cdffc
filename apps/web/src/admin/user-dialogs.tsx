import type { Role, User } from '@lorebox/contract/user';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { notify } from '../ui/toast.tsx';
import { FormDialog } from './form-dialog.tsx';
import { roleOptions } from './roles.ts';

export function CreateUserDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('member');
  return (
    <FormDialog
      title={t('New user')}
      description={t('To let people choose their own password, send them an invite instead.')}
      action={t('Create')}
      onClose={onClose}
      onSubmit={async () => {
        await api.users.create.mutate({ username, password, role });
        onClose();
        await queryClient.invalidateQueries({ queryKey: ['users.list'] });
      }}
    >
      <TextField
        label={t('Username')}
        value={username}
        autoComplete="off"
        autoCapitalize="none"
        minLength={2}
        maxLength={64}
        required
        onChange={({ target }) => setUsername(target.value)}
      />
      <NewPasswordField value={password} onChange={setPassword} />
      <SelectField
        label={t('Role')}
        value={role}
        options={roleOptions(t)}
        onChange={({ target }) => setRole(target.value as Role)}
      />
    </FormDialog>
  );
}

function NewPasswordField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const t = useT();
  return (
    <TextField
      label={t('Password')}
      type="password"
      autoComplete="new-password"
      hint={t('At least 10 characters.')}
      minLength={10}
      value={value}
      required
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

export function RoleDialog({ user, onClose }: { user: User; onClose(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [role, setRole] = useState(user.role);
  return (
    <FormDialog
      title={t('Role of {name}', { name: user.username })}
      description={t('The user has to sign in again.')}
      action={t('Save')}
      onClose={onClose}
      onSubmit={async () => {
        await api.users.update.mutate({ userId: user.id, role });
        onClose();
        await queryClient.invalidateQueries({ queryKey: ['users.list'] });
      }}
    >
      <SelectField
        label={t('Role')}
        value={role}
        options={roleOptions(t)}
        onChange={({ target }) => setRole(target.value as Role)}
      />
    </FormDialog>
  );
}

export function PasswordDialog({ user, onClose }: { user: User; onClose(): void }) {
  const t = useT();
  const [password, setPassword] = useState('');
  const [revokeKeys, setRevokeKeys] = useState(true);
  return (
    <FormDialog
      title={t('Password of {name}', { name: user.username })}
      description={t('The user has to sign in again.')}
      action={t('Set password')}
      onClose={onClose}
      onSubmit={async () => {
        await api.users.update.mutate({ userId: user.id, password, revokeKeys });
        onClose();
        notify(t('Password changed'));
      }}
    >
      <NewPasswordField value={password} onChange={setPassword} />
      <Switch label={t('Also revoke their API keys')} isOn={revokeKeys} onChange={setRevokeKeys} />
    </FormDialog>
  );
}
