import type { FooterLink } from '@lorebox/contract/branding';
import { Plus, Trash2 } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import type { SettingsForm } from './use-settings-form.ts';

const MAX_LINKS = 8;

/** Links under the sign-in form and in the user menu, such as an imprint. */
export function FooterLinksSetting({ form }: { form: SettingsForm }) {
  const t = useT();
  const links = form.value?.footerLinks ?? [];
  const change = (index: number, part: Partial<FooterLink>) =>
    form.set({ footerLinks: links.map((link, i) => (i === index ? { ...link, ...part } : link)) });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 text-sm font-medium">{t('Footer links')}</legend>
      {links.map(({ label, url }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: links have no id, and a key from their text would lose the focus
        <div key={index} className="flex flex-wrap items-end gap-2">
          <TextField
            label={t('Label')}
            value={label}
            maxLength={80}
            required
            className="min-w-32 grow"
            onChange={({ target }) => change(index, { label: target.value })}
          />
          <TextField
            label={t('Address')}
            type="url"
            dir="ltr"
            value={url}
            placeholder="https://"
            pattern="https://.+"
            title={t('An address that starts with https://')}
            maxLength={500}
            required
            className="min-w-48 grow-2"
            onChange={({ target }) => change(index, { url: target.value })}
          />
          <IconButton
            label={t('Remove link {number}', { number: index + 1 })}
            className="mb-1"
            onClick={() => form.set({ footerLinks: links.filter((_, i) => i !== index) })}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      {links.length < MAX_LINKS && (
        <Button
          size="small"
          className="self-start"
          onClick={() => form.set({ footerLinks: [...links, { label: '', url: '' }] })}
        >
          <Plus className="size-4" aria-hidden />
          {t('Add a link')}
        </Button>
      )}
    </fieldset>
  );
}
