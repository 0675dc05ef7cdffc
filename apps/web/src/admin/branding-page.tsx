import { useT } from '../i18n/use-t.ts';
import { Section } from '../ui/page.tsx';
import { AdminPage } from './admin-page.tsx';
import { ColorSetting } from './color-setting.tsx';
import { FooterLinksSetting } from './footer-links-setting.tsx';
import { LogoForm } from './logo-form.tsx';
import { LongTextSetting, SettingsFormBody, TextSetting } from './setting-fields.tsx';
import { ThemeSetting } from './theme-setting.tsx';
import { useSettingsForm } from './use-settings-form.ts';

/** Name, logo, colors, welcome text and footer links. */
export function BrandingPage() {
  const t = useT();
  const form = useSettingsForm();
  return (
    <AdminPage title={t('Branding')}>
      <Section
        title={t('Logo')}
        hint={t('PNG, JPEG, WebP or SVG, at most 512 kB. Active parts of an SVG are removed.')}
      >
        <LogoForm />
      </Section>
      <SettingsFormBody form={form}>
        <Section title={t('Name and texts')}>
          <TextSetting form={form} name="appName" label={t('Name of the installation')} maxLength={60} />
          <LongTextSetting
            form={form}
            name="welcomeText"
            label={t('Welcome text')}
            hint={t('Shown above a new chat.')}
            maxLength={2000}
          />
          <FooterLinksSetting form={form} />
        </Section>
        <Section title={t('Accent color')} hint={t('For buttons and links. Text on it is black or white by itself.')}>
          <div className="grid gap-4 sm:grid-cols-2">
            <ColorSetting form={form} name="accentColor" label={t('On light pages')} />
            <ColorSetting form={form} name="accentColorDark" label={t('On dark pages')} />
          </div>
        </Section>
        <Section
          title={t('Theme')}
          hint={t('Every color of the app. Use #2f6f5e, rgb(47 111 94) or hsl(164 41% 31%). Empty: the default.')}
        >
          <ThemeSetting form={form} name="themeVariables" label={t('Light pages')} />
          <ThemeSetting form={form} name="themeVariablesDark" label={t('Dark pages')} />
        </Section>
      </SettingsFormBody>
    </AdminPage>
  );
}
