import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { Empty } from '../ui/states.tsx';

export function NotFoundPage() {
  const t = useT();
  usePageTitle(t('Page not found'));
  return (
    <main>
      <Empty level={1} title={t('Page not found')}>
        <Link to="/" className="text-accent underline">
          {t('Go to the start page')}
        </Link>
      </Empty>
    </main>
  );
}
