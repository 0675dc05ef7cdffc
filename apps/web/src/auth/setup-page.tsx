import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { AuthCard } from './auth-card.tsx';
import { ModelStep } from './model-step.tsx';
import { WorkspaceStep } from './workspace-step.tsx';

type Step = 'admin' | 'model' | 'workspace';

/** The page behind the one-time setup link: the first admin, what answers, and the first workspace. */
export function SetupPage() {
  const t = useT();
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>('admin');
  if (step === 'admin') return <AdminStep onDone={() => setStep('model')} />;
  if (step === 'model') {
    return (
      <AuthCard title={t('What answers')}>
        <ModelStep />
        <Button variant="primary" className="mt-5 w-full" onClick={() => setStep('workspace')}>
          {t('Continue')}
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t('Your first workspace')}>
      <WorkspaceStep
        onDone={(workspace) => navigate({ to: '/w/$workspace/documents', params: { workspace }, replace: true })}
      />
    </AuthCard>
  );
}

function AdminStep({ onDone }: { onDone(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // Kept in memory alone: the token leaves the address and the history when it has been used.
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  async function create(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.auth.setup.mutate({ token, username, password });
      history.replaceState(history.state, '', '/setup');
      await queryClient.invalidateQueries();
      onDone();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <AuthCard title={t('Set up Lorebox')}>
      <form onSubmit={create} className="flex flex-col gap-4">
        <p className="text-sm text-muted">{t('Create the first admin. You can invite others afterwards.')}</p>
        <TextField
          label={t('Username')}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          autoComplete="username"
          autoCapitalize="none"
          minLength={2}
          required
        />
        <TextField
          label={t('Password')}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="new-password"
          hint={t('At least 10 characters.')}
          minLength={10}
          required
        />
        {error !== null && <ProblemNote error={error} />}
        <Button variant="primary" type="submit" isBusy={isBusy}>
          {t('Create admin')}
        </Button>
      </form>
    </AuthCard>
  );
}
