import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { applyPreferences } from '../settings/preferences.ts';
import { useAppInfo } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { AuthCard } from './auth-card.tsx';
import { safePath } from './safe-path.ts';

export function LoginPage() {
  const t = useT();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { next } = useSearch({ from: '/login' });
  const info = useAppInfo();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function signIn(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.auth.login.mutate({ username, password });
      // The page works without them.
      await applyPreferences().catch(() => {});
      await queryClient.invalidateQueries();
      await navigate({ href: safePath(next) });
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  if (info?.needsSetup) {
    return (
      <AuthCard title={t('Set up Lorebox')}>
        <p className="text-sm">
          {t('There is no admin yet. Open the setup link that the server printed when it started.')}
        </p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t('Sign in')}>
      <form onSubmit={signIn} className="flex flex-col gap-4">
        <TextField
          label={t('Username')}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          autoComplete="username"
          autoCapitalize="none"
          required
        />
        <TextField
          label={t('Password')}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="current-password"
          required
        />
        {error !== null && <ProblemNote error={error} />}
        <Button variant="primary" type="submit" isBusy={isBusy}>
          {t('Sign in')}
        </Button>
      </form>
    </AuthCard>
  );
}
