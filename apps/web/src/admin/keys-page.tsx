import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { ApiKeys } from '../settings/api-keys.tsx';
import { AdminPage } from './admin-page.tsx';

/** The API keys of all users and of the installation. */
export function KeysPage() {
  const t = useT();
  const users = useQuery({ ...query('users.list', api.users.list, { limit: 200 }), staleTime: 60_000 });
  const owners = new Map(users.data?.items.map(({ id, username }) => [id, username]));
  return (
    <AdminPage title={t('API keys')}>
      <p className="mb-4 text-sm text-muted">
        {t('The keys of all users. A key never has more rights than the user who owns it.')}
      </p>
      <ApiKeys owners={owners} />
    </AdminPage>
  );
}
