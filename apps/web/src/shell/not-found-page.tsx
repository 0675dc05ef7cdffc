import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import { Empty } from '../ui/states.tsx';
import { usePageTitle } from '../ui/page.tsx';

export function NotFoundPage() {
  const t = useT();
  usePageTitle(t('Page not found'));
  return (
    <main>
      <Empty title={t('Page not found')}>
        <Link to="/" className="text-accent underline">
          {t('Go to the start page')}
        </Link>
      </Empty>
    </main>
  );
}
