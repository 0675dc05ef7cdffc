import { Check, Copy } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { inputClass } from './field.tsx';
import { useCopy } from './use-copy.ts';

export interface SecretDialogProps {
  title: string;
  /** What the secret is, for screen readers. */
  label: string;
  secret: string;
  onClose(): void;
}

/** Shows a secret that the server returns only once. */
export function SecretDialog({ title, label, secret, onClose }: SecretDialogProps) {
  const t = useT();
  const { isCopied, copy } = useCopy();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      description={t('It is shown only once. Lorebox stores no copy that can be read.')}
      actions={<Button onClick={onClose}>{t('Done')}</Button>}
    >
      <div className="flex gap-2">
        <input
          readOnly
          dir="ltr"
          value={secret}
          aria-label={label}
          className={inputClass}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={() => copy(secret)}>
          {isCopied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
          {isCopied ? t('Copied') : t('Copy')}
        </Button>
      </div>
    </Dialog>
  );
}
