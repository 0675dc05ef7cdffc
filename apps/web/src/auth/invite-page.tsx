import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, isOffline } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { AuthCard } from './auth-card.tsx';

/** The page behind an invite link, where the invited person chooses a username and a password. */
export function InvitePage() {
  const t = useT();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { token } = useParams({ from: '/invite/$token' });
  // The answer changes as soon as the invite is used, so it is not asked again.
  const invite = useQuery({ ...query('invites.get', api.invites.get, { token }), staleTime: Number.POSITIVE_INFINITY });
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function accept(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.invites.accept.mutate({ token, username, password });
    } catch (cause) {
      setError(cause);
      setBusy(false);
      return;
    }
    queryClient.clear();
    await navigate({ to: '/', replace: true });
  }
  if (invite.isPending) {
    return (
      <AuthCard title={t('Invite')}>
        <Loading />
      </AuthCard>
    );
  }
  if (invite.error) {
    return (
      <AuthCard title={isOffline(invite.error) ? t('Invite') : t('This invite does not work')}>
        <ProblemNote error={invite.error} onRetry={isOffline(invite.error) ? invite.refetch : undefined} />
      </AuthCard>
    );
  }
  const { invitedBy, workspaces, expiresAt } = invite.data;
  return (
    <AuthCard title={invitedBy ? t('{name} invites you', { name: invitedBy }) : t('You are invited')}>
      <form onSubmit={accept} className="flex flex-col gap-4">
        {workspaces.length > 0 && (
          <div className="text-sm">
            <p>
              {t(
                '{count, plural, one {You get access to this workspace:} other {You get access to these workspaces:}}',
                {
                  count: workspaces.length,
                },
              )}
            </p>
            <ul className="ms-4 list-disc">
              {workspaces.map((name) => (
                <li key={name} className="break-words">
                  {name}
                </li>
              ))}
            </ul>
          </div>
        )}
        <TextField
          label={t('Username')}
          value={username}
          onChange={({ target }) => setUsername(target.value)}
          autoComplete="username"
          autoCapitalize="none"
          minLength={2}
          maxLength={64}
          required
        />
        <TextField
          label={t('Password')}
          type="password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          autoComplete="new-password"
          hint={t('At least 10 characters.')}
          minLength={10}
          required
        />
        {error !== null && <ProblemNote error={error} />}
        <Button variant="primary" type="submit" isBusy={isBusy}>
          {t('Create account')}
        </Button>
        <p className="text-sm text-muted">
          {t('The link works once, until {time}.', { time: formatDateTime(expiresAt) })}
        </p>
      </form>
    </AuthCard>
  );
}
