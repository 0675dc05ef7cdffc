import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import type { SettingsForm } from './use-settings-form.ts';

export interface ColorSettingProps {
  form: SettingsForm;
  name: 'accentColor' | 'accentColorDark';
  label: string;
}

export function ColorSetting({ form, name, label }: ColorSettingProps) {
  const t = useT();
  const value = form.value?.[name] ?? null;
  return (
    <Field label={label} hint={value === null ? t('The default color.') : undefined}>
      {(control) => (
        <div className="flex items-center gap-3">
          <input
            {...control}
            type="color"
            value={value ?? '#2f6f5e'}
            className="h-10 w-16 cursor-pointer rounded-lg border bg-raised p-1"
            onChange={({ target }) => form.set({ [name]: target.value })}
          />
          {value !== null && (
            <>
              <code dir="ltr">{value}</code>
              <Button size="small" onClick={() => form.set({ [name]: null })}>
                {t('Use the default')}
              </Button>
            </>
          )}
        </div>
      )}
    </Field>
  );
}
