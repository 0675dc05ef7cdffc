import { CircleAlert } from 'lucide-react';
import { toProblem } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from './button.tsx';

/** An error in words: what happened, what to do, and the id to search the server log for. */
export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  const { code, message, requestId, fields } = toProblem(error);
  const text =
    code === 'OFFLINE'
      ? t("Can't reach the server. Check your connection, or whether the server is running.")
      : message;
  return (
    <div role="alert" className="my-2 flex gap-2.5 rounded-lg bg-danger-soft p-3 text-sm text-danger">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 grow">
        <p className="break-words">{text || t('Something went wrong. Try again.')}</p>
        {fields.length > 1 && (
          <ul className="mt-1 list-disc ps-4">
            {fields.map((field) => (
              <li key={`${field.path} ${field.message}`}>
                {field.path}: {field.message}
              </li>
            ))}
          </ul>
        )}
        {requestId && code === 'INTERNAL' && (
          <p className="mt-1 text-xs">
            {t('Request id')}: <code dir="ltr">{requestId}</code>
          </p>
        )}
        {onRetry && (
          <Button size="small" className="mt-2" onClick={onRetry}>
            {t('Try again')}
          </Button>
        )}
      </div>
    </div>
  );
}
