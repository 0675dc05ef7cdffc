import { useT } from '../i18n/use-t.ts';
import { Section } from '../ui/page.tsx';
import { AdminPage } from './admin-page.tsx';
import { ListSetting, NumberSetting, SettingsFormBody } from './setting-fields.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const MAX_PER_MINUTE = 1_000_000;
const MAX_DAYS = 3650;

/** The settings that have no page of their own. Models and branding have one. */
export function SettingsPage() {
  const t = useT();
  const form = useSettingsForm();
  return (
    <AdminPage title={t('Settings')}>
      <SettingsFormBody form={form}>
        <Section title={t('Answers')}>
          <div className="grid gap-4 lg:grid-cols-2">
            <NumberSetting
              form={form}
              name="maxAnswerTokens"
              label={t('Longest answer in tokens')}
              hint={t('For workspaces without their own limit.')}
              min={16}
              max={131_072}
            />
            <NumberSetting
              form={form}
              name="firstTokenSeconds"
              label={t('Target for the first word in seconds')}
              hint={t('A local model gets as many passages as it can read in this time. 0: no target.')}
              max={3600}
            />
          </div>
        </Section>
        <Section title={t('Requests per minute')} hint={t('0 means no limit.')}>
          <div className="grid gap-4 lg:grid-cols-3">
            <NumberSetting
              form={form}
              name="requestsPerMinutePerAddress"
              label={t('Per address')}
              max={MAX_PER_MINUTE}
            />
            <NumberSetting form={form} name="requestsPerMinutePerUser" label={t('Per user')} max={MAX_PER_MINUTE} />
            <NumberSetting form={form} name="requestsPerMinutePerKey" label={t('Per API key')} max={MAX_PER_MINUTE} />
          </div>
        </Section>
        <Section
          title={t('What workspaces may use')}
          hint={t('One per line. * matches any characters. The defaults of the installation are always allowed.')}
        >
          <div className="grid gap-4 lg:grid-cols-2">
            <ListSetting form={form} name="allowedModels" label={t('Chat models')} />
            <ListSetting form={form} name="allowedEmbedders" label={t('Embedders')} />
            <ListSetting form={form} name="allowedRerankers" label={t('Rerankers')} />
            <ListSetting form={form} name="allowedConnectors" label={t('Connectors')} />
          </div>
        </Section>
        <Section title={t('How long logs are kept')}>
          <div className="grid gap-4 lg:grid-cols-2">
            <NumberSetting
              form={form}
              name="eventRetentionDays"
              label={t('Days to keep events and deliveries')}
              min={1}
              max={MAX_DAYS}
            />
            <NumberSetting
              form={form}
              name="auditRetentionDays"
              label={t('Days to keep the audit log')}
              min={1}
              max={MAX_DAYS}
            />
          </div>
        </Section>
      </SettingsFormBody>
    </AdminPage>
  );
}
