import { useId } from 'react';
import { activateLanguage, i18n, isLanguage, LANGUAGES } from '../i18n/i18n.ts';
import { useT } from '../i18n/use-t.ts';
import { inputClass } from '../ui/field.tsx';

export function LanguageSelect({ onChange }: { onChange?: (language: string) => void }) {
  const t = useT();
  const id = useId();
  return (
    <div className="flex items-center gap-2 text-sm">
      <label htmlFor={id}>{t('Language')}</label>
      <select
        id={id}
        value={i18n.locale}
        className={`${inputClass} w-auto`}
        onChange={({ target }) => {
          if (!isLanguage(target.value)) return;
          void activateLanguage(target.value);
          onChange?.(target.value);
        }}
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
