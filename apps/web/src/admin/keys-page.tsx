import { useT } from '../i18n/use-t.ts';
import { ApiKeys } from '../settings/api-keys.tsx';
import { AdminPage } from './admin-page.tsx';

/** The API keys of all users and of the installation. */
export function KeysPage() {
  const t = useT();
  return (
    <AdminPage title={t('API keys')}>
      <p className="mb-4 text-sm text-muted">
        {t('The keys of all users. A key never has more rights than the user who owns it.')}
      </p>
      <ApiKeys />
    </AdminPage>
  );
}
