import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient, setSignedOutHandler } from './api/query-client.ts';
import { useT } from './i18n/use-t.ts';
import { router } from './router.tsx';
import { useBranding } from './shell/branding.ts';

setSignedOutHandler(() => {
  const { pathname, href } = router.state.location;
  if (/^\/(?:login|setup|invite|s)(?:\/|$)/.test(pathname)) return;
  queryClient.removeQueries();
  void router.navigate({ to: '/login', search: { next: href } });
});

/** Below the query client, which knows the colors. */
function Branding() {
  useBranding();
  return null;
}

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
    <QueryClientProvider client={queryClient}>
      <Branding />
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
