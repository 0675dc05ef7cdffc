import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useSession } from '../shell/session.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Page, Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge } from '../ui/states.tsx';
import { notify, notifyProblem } from '../ui/toast.tsx';
import { ApiKeys } from './api-keys.tsx';
import { LanguageSelect } from './language-select.tsx';
import { applyTheme, readTheme, type Theme } from './theme.ts';

/** What a user sets for themselves: language, look, password, sessions and API keys. */
export function AccountPage() {
  const t = useT();
  const user = useSession();
  const [theme, setTheme] = useState(readTheme);
  const save = (change: { language?: string; theme?: Theme }) =>
    api.auth.updatePreferences.mutate(change).catch(notifyProblem);
  return (
    <Page title={t('Your account')} width="text">
      <Section title={user.username}>
        <LanguageSelect onChange={(language) => save({ language })} />
        <SelectField
          label={t('Look')}
          value={theme}
          className="max-w-xs"
          onChange={({ target }) => {
            const next = target.value as Theme;
            setTheme(next);
            applyTheme(next);
            void save({ theme: next });
          }}
          options={[
            ['system', t('Like the system')],
            ['light', t('Light')],
            ['dark', t('Dark')],
          ]}
        />
      </Section>
      <Section title={t('Password')}>
        <PasswordForm />
      </Section>
      <Section title={t('Sessions')} hint={t('Where you are signed in.')}>
        <Sessions />
      </Section>
      <Section title={t('API keys')} hint={t('For programs that act for you.')}>
        <ApiKeys />
      </Section>
    </Page>
  );
}

function PasswordForm() {
  const t = useT();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function change(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.auth.changePassword.mutate({ current, next, revokeKeys: false });
      setCurrent('');
      setNext('');
      notify(t('Password changed. Other sessions were signed out.'));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form onSubmit={change} className="flex max-w-sm flex-col gap-4">
      <TextField
        label={t('Current password')}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={({ target }) => setCurrent(target.value)}
        required
      />
      <TextField
        label={t('New password')}
        type="password"
        autoComplete="new-password"
        hint={t('At least 10 characters.')}
        minLength={10}
        value={next}
        onChange={({ target }) => setNext(target.value)}
        required
      />
      {error !== null && <ProblemNote error={error} />}
      <Button type="submit" className="self-start" isBusy={isBusy}>
        {t('Change password')}
      </Button>
    </form>
  );
}

function Sessions() {
  const t = useT();
  const queryClient = useQueryClient();
  const { data, error } = useQuery(query('auth.sessions', api.auth.sessions, undefined));
  async function revoke(sessionId: string) {
    try {
      await api.auth.revokeSession.mutate({ sessionId });
      await queryClient.invalidateQueries({ queryKey: ['auth.sessions'] });
    } catch (cause) {
      notifyProblem(cause);
    }
  }
  if (error) return <ProblemNote error={error} />;
  return (
    <ul className="flex flex-col gap-2">
      {data?.items.map(({ id, createdAt, expiresAt, isCurrent }) => (
        <li key={id} className="flex items-center gap-3 rounded-lg border p-2.5 text-sm">
          <span className="grow">
            {t('Signed in {time}', { time: formatDateTime(createdAt) })}
            <span className="block text-muted">{t('Until {time}', { time: formatDateTime(expiresAt) })}</span>
          </span>
          {isCurrent ? (
            <Badge tone="ok">{t('This session')}</Badge>
          ) : (
            <Button size="small" variant="danger" onClick={() => revoke(id)}>
              {t('Sign out')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
