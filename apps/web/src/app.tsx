import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient, setSignedOutHandler } from './api/query-client.ts';
import { i18n } from './i18n/i18n.ts';
import { useT } from './i18n/use-t.ts';
import { router } from './router.tsx';
import { Toasts } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

setSignedOutHandler(() => {
  const { pathname, href } = router.state.location;
  if (/^\/(?:login|setup|invite|s)(?:\/|$)/.test(pathname)) return;
  queryClient.removeQueries();
  void router.navigate({ to: '/login', search: { next: href } });
});

export function App() {
  useT();
  useEffect(() => {
    // Files dropped beside a drop zone would replace the app in the browser window.
    const prevent = (event: DragEvent) => event.preventDefault();
    window.addEventListener('dragover', prevent);
    window.addEventListener('drop', prevent);
    return () => {
      window.removeEventListener('dragover', prevent);
      window.removeEventListener('drop', prevent);
    };
  }, []);
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={i18n.locale === 'ar' ? 'rtl' : 'ltr'}>
        <QueryClientProvider client={queryClient}>
          <TooltipProvider delay={400}>
            <RouterProvider router={router} />
            <Toasts />
          </TooltipProvider>
        </QueryClientProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
