import type { Webhook } from '@lorebox/contract/webhook';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { SecretDialog } from '../ui/secret-dialog.tsx';
import { Badge } from '../ui/states.tsx';
import { AdminPage } from './admin-page.tsx';
import { PagedList } from './paged-list.tsx';
import { useRun } from './use-run.ts';
import { Deliveries } from './webhook-deliveries.tsx';
import { ReplayDialog, WebhookDialog } from './webhook-dialogs.tsx';

export function WebhooksPage() {
  const t = useT();
  const [isCreating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const list = useInfiniteQuery(pages('webhooks.list', api.webhooks.list, { limit: 100 }));
  return (
    <AdminPage
      title={t('Webhooks')}
      actions={
        <Button onClick={() => setCreating(true)}>
          <Plus className="size-4" aria-hidden />
          {t('New webhook')}
        </Button>
      }
    >
      <p className="mb-4 text-sm text-muted">
        {t('Lorebox sends a signed request to these addresses when something happens.')}
      </p>
      <PagedList list={list} empty={t('No webhooks yet')}>
        {(webhook) => <WebhookRow key={webhook.id} webhook={webhook} onSecret={setSecret} />}
      </PagedList>
      {isCreating && <WebhookDialog onClose={() => setCreating(false)} onSecret={setSecret} />}
      {secret !== null && (
        <SecretDialog
          title={t('Copy the signing secret now')}
          label={t('Signing secret')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </AdminPage>
  );
}

type Open = 'edit' | 'replay' | 'delete';

function WebhookRow({ webhook, onSecret }: { webhook: Webhook; onSecret(secret: string): void }) {
  const t = useT();
  const run = useRun('webhooks.list', 'webhooks.deliveries');
  const { workspaces } = useWorkspaces();
  const [open, setOpen] = useState<Open | null>(null);
  const [isListOpen, setListOpen] = useState(false);
  const { id: webhookId, url, description, eventTypes, workspaceId, enabled, disabledReason } = webhook;
  const workspace = workspaces.find(({ id }) => id === workspaceId)?.name;
  const close = () => setOpen(null);
  async function rotate() {
    const { secret } = await api.webhooks.rotate.mutate({ webhookId });
    onSecret(secret);
  }
  async function test() {
    await api.webhooks.test.mutate({ webhookId });
    setListOpen(true);
  }
  return (
    <li className="rounded-xl border p-3 text-sm">
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <p className="font-medium break-all" dir="ltr">
            {url}
          </p>
          {description && <p className="break-words">{description}</p>}
          <p className="text-muted">
            {eventTypes === null ? t('All events') : <span dir="ltr">{eventTypes.join(', ')}</span>}
            {' · '}
            {workspaceId === null ? t('All workspaces') : (workspace ?? workspaceId)}
          </p>
          {disabledReason && <p className="break-words text-danger">{disabledReason}</p>}
        </div>
        <Badge tone={enabled ? 'ok' : 'warning'}>{enabled ? t('On') : t('Off')}</Badge>
        <Menu
          trigger={
            <IconButton label={t('Actions for “{name}”', { name: url })}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => setOpen('edit')}>{t('Edit')}</MenuItem>
          <MenuItem onSelect={() => run(test, t('Test event queued'))}>{t('Send a test event')}</MenuItem>
          <MenuItem onSelect={() => setOpen('replay')}>{t('Send past events again')}</MenuItem>
          <MenuItem onSelect={() => run(rotate)}>{t('Rotate the secret')}</MenuItem>
          <MenuItem onSelect={() => run(() => api.webhooks.update.mutate({ webhookId, enabled: !enabled }))}>
            {enabled ? t('Turn off') : t('Turn on')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem isDanger onSelect={() => setOpen('delete')}>
            {t('Delete')}
          </MenuItem>
        </Menu>
      </div>
      <Button size="small" variant="ghost" aria-expanded={isListOpen} onClick={() => setListOpen(!isListOpen)}>
        {isListOpen ? t('Hide deliveries') : t('Show deliveries')}
      </Button>
      {isListOpen && <Deliveries webhookId={webhookId} />}
      {open === 'edit' && <WebhookDialog webhook={webhook} onClose={close} onSecret={onSecret} />}
      {open === 'replay' && <ReplayDialog webhookId={webhookId} onClose={close} />}
      <Confirm
        isOpen={open === 'delete'}
        onClose={close}
        title={t('Delete this webhook?')}
        action={t('Delete')}
        onConfirm={async () => {
          await api.webhooks.delete.mutate({ webhookId });
          await run(async () => {});
        }}
      >
        {t('Its deliveries are deleted too. This can’t be undone.')}
      </Confirm>
    </li>
  );
}
