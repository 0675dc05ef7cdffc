import type { Role, User } from '@lorebox/contract/user';
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { whoIsSignedIn } from './auth/who-is-signed-in.ts';
import { type PlaceSearch, readPlace, readText } from './read-search.ts';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { ProblemNote } from './ui/problem-note.tsx';
import { Loading } from './ui/states.tsx';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: readText(search.next) }),
  component: lazyRouteComponent(() => import('./auth/login-page.tsx'), 'LoginPage'),
});
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./auth/setup-page.tsx'), 'SetupPage'),
});

const shareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/s/$token',
  component: lazyRouteComponent(() => import('./share/shared-thread-page.tsx'), 'SharedThreadPage'),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('./auth/invite-page.tsx'), 'InvitePage'),
});

/** Pages behind the sign-in. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  async beforeLoad({ location }) {
    // Loads while the server says who is signed in.
    void import('./shell/app-shell.tsx');
    const user = await whoIsSignedIn();
    if (user) return { user };
    throw redirect({ to: '/login', search: { next: location.href } });
  },
  component: lazyRouteComponent(() => import('./shell/app-shell.tsx'), 'AppShell'),
});
const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./shell/home-page.tsx'), 'HomePage'),
});
const searchRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/search',
  validateSearch: (search: Record<string, unknown>): { q?: string; in?: string } => ({
    q: readText(search.q),
    in: readText(search.in),
  }),
  component: lazyRouteComponent(() => import('./search/search-page.tsx'), 'SearchPage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/account-page.tsx'), 'AccountPage'),
});

const mentionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/mentions',
  component: lazyRouteComponent(() => import('./comments/mentions-page.tsx'), 'MentionsPage'),
});

/** The administration. Managers get the pages whose procedures they may call. */
const adminRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/admin',
  beforeLoad({ context }) {
    if (context.user.role === 'member') throw redirect({ to: '/' });
  },
  component: Outlet,
});
const adminRoutes = [
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./admin/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/users',
    component: lazyRouteComponent(() => import('./admin/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/invites',
    component: lazyRouteComponent(() => import('./admin/invites-page.tsx'), 'InvitesPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/workspaces',
    component: lazyRouteComponent(() => import('./admin/workspaces-page.tsx'), 'WorkspacesPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/usage',
    component: lazyRouteComponent(() => import('./admin/usage-page.tsx'), 'UsagePage'),
  }),
] as const;

function requireAdmin({ context }: { context: { user: { role: Role } } }): void {
  if (context.user.role !== 'admin') throw redirect({ to: '/admin' });
}
const adminOnlyRoutes = [
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/models',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/models-page.tsx'), 'ModelsPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/keys',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/keys-page.tsx'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/webhooks',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/webhooks-page.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/events',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/events-page.tsx'), 'EventsPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/audit',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/branding',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/branding-page.tsx'), 'BrandingPage'),
  }),
  createRoute({
    getParentRoute: () => adminRoute,
    path: '/settings',
    beforeLoad: requireAdmin,
    component: lazyRouteComponent(() => import('./admin/settings-page.tsx'), 'SettingsPage'),
  }),
] as const;

const workspaceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/w/$workspace',
  component: Outlet,
});
export interface ChatSearch extends PlaceSearch {
  /** Document that is open beside the chat. */
  doc?: string;
}
const readChatSearch = (search: Record<string, unknown>): ChatSearch => ({
  doc: readText(search.doc),
  ...readPlace(search),
});
const chatPage = lazyRouteComponent(() => import('./chat/chat-page.tsx'), 'ChatPage');
const newChatRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  validateSearch: readChatSearch,
  component: chatPage,
});
const threadRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/t/$thread',
  validateSearch: readChatSearch,
  component: chatPage,
});
const documentsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/documents',
  component: lazyRouteComponent(() => import('./documents/documents-page.tsx'), 'DocumentsPage'),
});
const documentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/d/$document',
  validateSearch: readPlace,
  component: lazyRouteComponent(() => import('./viewer/document-page.tsx'), 'DocumentPage'),
});
const workspaceSettingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/workspace-page.tsx'), 'WorkspacePage'),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  shareRoute,
  inviteRoute,
  appRoute.addChildren([
    homeRoute,
    searchRoute,
    settingsRoute,
    adminRoute.addChildren([...adminRoutes, ...adminOnlyRoutes]),
    mentionsRoute,
    workspaceRoute.addChildren([newChatRoute, threadRoute, documentsRoute, documentRoute, workspaceSettingsRoute]),
  ]),
]);

function ErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <main className="mx-auto max-w-lg p-6">
      <ProblemNote error={error} onRetry={reset} />
    </main>
  );
}

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
