import { EVENT_TYPES, type EventType } from '@lorebox/contract/event';
import type { Webhook } from '@lorebox/contract/webhook';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { notify } from '../ui/toast.tsx';
import { FormDialog } from './form-dialog.tsx';

export const EVENT_NAMES = Object.keys(EVENT_TYPES) as EventType[];

export interface WebhookDialogProps {
  /** The webhook to change. Without it, one is created. */
  webhook?: Webhook;
  onClose(): void;
  onSecret(secret: string): void;
}

export function WebhookDialog({ webhook, onClose, onSecret }: WebhookDialogProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const { workspaces } = useWorkspaces();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [workspaceId, setWorkspaceId] = useState('');
  const [eventTypes, setEventTypes] = useState<EventType[] | null>(webhook?.eventTypes ?? null);
  async function save() {
    const fields = { url, description, eventTypes };
    const { secret } = webhook
      ? await api.webhooks.update.mutate({ webhookId: webhook.id, ...fields })
      : await api.webhooks.create.mutate({ ...fields, workspaceId: workspaceId || null });
    onClose();
    if (secret !== null) onSecret(secret);
    await queryClient.invalidateQueries({ queryKey: ['webhooks.list'] });
  }
  return (
    <FormDialog
      title={webhook ? t('Edit webhook') : t('New webhook')}
      action={webhook ? t('Save') : t('Create')}
      onClose={onClose}
      onSubmit={save}
    >
      <TextField
        label={t('Address')}
        type="url"
        dir="ltr"
        placeholder="https://example.com/hook"
        hint={webhook && t('A new address gets a new signing secret.')}
        value={url}
        required
        maxLength={2000}
        onChange={({ target }) => setUrl(target.value)}
      />
      <TextField
        label={t('Description')}
        value={description}
        maxLength={500}
        onChange={({ target }) => setDescription(target.value)}
      />
      {!webhook && (
        <SelectField
          label={t('Workspace')}
          value={workspaceId}
          options={[['', t('All workspaces')], ...workspaces.map(({ id, name }) => [id, name] as const)]}
          onChange={({ target }) => setWorkspaceId(target.value)}
        />
      )}
      <Switch
        label={t('All events')}
        hint={t('Also those of future versions.')}
        isOn={eventTypes === null}
        onChange={(isOn) => setEventTypes(isOn ? null : EVENT_NAMES)}
      />
      {eventTypes !== null && (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">{t('Events')}</legend>
          {EVENT_NAMES.map((type) => (
            <label key={type} className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={eventTypes.includes(type)}
                onChange={({ target }) =>
                  setEventTypes(target.checked ? [...eventTypes, type] : eventTypes.filter((other) => other !== type))
                }
              />
              <code dir="ltr">{type}</code>
            </label>
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}

const HOUR_MS = 3_600_000;

export function ReplayDialog({ webhookId, onClose }: { webhookId: string; onClose(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [hours, setHours] = useState('24');
  return (
    <FormDialog
      title={t('Send past events again')}
      description={t('Receivers can recognize repeated events by their id.')}
      action={t('Send')}
      onClose={onClose}
      onSubmit={async () => {
        const since = new Date(Date.now() - Number(hours) * HOUR_MS);
        const { queued } = await api.webhooks.replay.mutate({ webhookId, since });
        onClose();
        notify(t('{count, plural, one {# event queued} other {# events queued}}', { count: queued }));
        await queryClient.invalidateQueries({ queryKey: ['webhooks.deliveries'] });
      }}
    >
      <SelectField
        label={t('Events of')}
        value={hours}
        options={[
          ['1', t('The last hour')],
          ['24', t('The last 24 hours')],
          ['168', t('The last week')],
          ['720', t('The last 30 days')],
        ]}
        onChange={({ target }) => setHours(target.value)}
      />
    </FormDialog>
  );
}
