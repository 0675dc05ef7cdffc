import { type ChangeEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { useAppInfo } from '../shell/session.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { useRun } from './use-run.ts';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/svg+xml';

export function LogoForm() {
  const t = useT();
  const run = useRun('app');
  const logoUrl = useAppInfo()?.logoUrl ?? null;
  const [error, setError] = useState<unknown>(null);
  async function upload({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    if (!file) return;
    setError(null);
    try {
      await api.settings.setLogo.mutate({ data: await toBase64(file) });
      await run(async () => {}, t('Saved'));
    } catch (cause) {
      setError(cause);
    }
    // The same file can be chosen again after an error.
    target.value = '';
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      <img
        src={logoUrl ?? '/icon.svg'}
        alt={t('The current logo')}
        className="size-16 rounded-lg border bg-raised object-contain p-1"
      />
      <label className={buttonClass('plain', 'normal', 'cursor-pointer focus-within:outline-2')}>
        {t('Choose an image')}
        <input type="file" accept={ACCEPTED} className="sr-only" data-testid="logo" onChange={upload} />
      </label>
      {logoUrl && (
        <Button variant="danger" onClick={() => run(() => api.settings.removeLogo.mutate())}>
          {t('Remove')}
        </Button>
      )}
      {error !== null && (
        <div className="w-full">
          <ProblemNote error={error} />
        </div>
      )}
    </div>
  );
}

async function toBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
