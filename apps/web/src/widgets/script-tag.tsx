import type { Widget } from '@lorebox/contract/widget';
import { Check, Copy } from 'lucide-react';
import { useId } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { useCopy } from '../ui/use-copy.ts';

/** What to add to a website, and the page that says why it does not work there. */
export function ScriptTag({ widget }: { widget: Widget }) {
  const t = useT();
  const { origin } = location;
  const script = `<script src="${origin}/embed/widget.js" data-widget="${widget.id}" async></script>`;
  const frame = `<iframe src="${origin}/embed/${widget.id}/frame" title="Chat" width="400" height="600"></iframe>`;
  return (
    <>
      {widget.allowedOrigins.length === 0 && (
        <p role="status" className="mb-4 rounded-lg bg-warning-soft p-3 text-sm text-warning">
          {t('No website may show this widget yet. Add its origin to the allowed websites first.')}
        </p>
      )}
      <Section title={t('Script tag')} hint={t('Add it to every page, before the end of its body.')}>
        <CodeToCopy label={t('Script tag')} code={script} />
      </Section>
      <Section title={t('Frame')} hint={t('For a place inside of a page.')}>
        <CodeToCopy label={t('Frame')} code={frame} />
      </Section>
      <Section title={t('Self-test')} hint={t('Says why the widget does not work on a website, and what to do.')}>
        <a
          href={`/embed/${widget.id}/test`}
          target="_blank"
          rel="noreferrer"
          className={buttonClass('plain', 'normal', 'self-start')}
        >
          {t('Open the self-test')}
        </a>
      </Section>
    </>
  );
}

function CodeToCopy({ label, code }: { label: string; code: string }) {
  const t = useT();
  const id = useId();
  const { isCopied, copy } = useCopy();
  return (
    <div className="flex flex-wrap items-start gap-2">
      <span id={id} className="sr-only">
        {label}
      </span>
      <pre
        tabIndex={0}
        role="region"
        aria-labelledby={id}
        dir="ltr"
        className="min-w-0 grow overflow-x-auto rounded-lg bg-surface p-3 text-sm"
      >
        <code>{code}</code>
      </pre>
      <Button onClick={() => copy(code)}>
        {isCopied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        {isCopied ? t('Copied') : t('Copy')}
      </Button>
    </div>
  );
}
