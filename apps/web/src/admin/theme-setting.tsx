import { THEME_VARIABLES, type ThemeVariable } from '@lorebox/contract/theme-variables';
import { useT } from '../i18n/use-t.ts';
import { cssNameOf } from '../shell/branding.ts';
import { inputClass } from '../ui/field.tsx';
import type { SettingsForm } from './use-settings-form.ts';

export interface ThemeSettingProps {
  form: SettingsForm;
  name: 'themeVariables' | 'themeVariablesDark';
  label: string;
}

/** One field per color of the style sheet. */
export function ThemeSetting({ form, name, label }: ThemeSettingProps) {
  const t = useT();
  const theme = form.value?.[name] ?? {};
  const count = Object.keys(theme).length;
  function set(variable: ThemeVariable, color: string) {
    const { [variable]: _, ...others } = theme;
    form.set({ [name]: color === '' ? others : { ...others, [variable]: color } });
  }
  return (
    <details className="rounded-lg border p-3">
      <summary className="cursor-pointer text-sm font-medium">
        {label}
        {count > 0 && ` · ${t('{count, plural, one {# color} other {# colors}}', { count })}`}
      </summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {THEME_VARIABLES.map((variable) => (
          <label key={variable} className="flex flex-col gap-1 text-sm">
            <code dir="ltr">{cssNameOf(variable)}</code>
            <span className="flex items-center gap-2">
              <Swatch color={theme[variable]} />
              <input
                dir="ltr"
                value={theme[variable] ?? ''}
                maxLength={60}
                className={inputClass}
                onChange={({ target }) => set(variable, target.value.trim())}
              />
            </span>
          </label>
        ))}
      </div>
    </details>
  );
}

function Swatch({ color }: { color: string | undefined }) {
  return (
    <span
      aria-hidden
      className="size-8 shrink-0 rounded-md border"
      style={{ backgroundColor: color ?? 'transparent' }}
    />
  );
}
