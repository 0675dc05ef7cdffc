import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '../../i18n/use-t.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import type { ColoredLine } from './highlight-code.ts';

export function CodeBlock({ code, language }: { code: string; language: string }) {
  const t = useT();
  const [lines, setLines] = useState<ColoredLine[] | null>(null);
  const { isCopied, copy } = useCopy();
  const name = language.split(/\s/, 1)[0]?.toLowerCase() ?? '';
  useEffect(() => {
    let isCurrent = true;
    setLines(null);
    if (name !== '') {
      void import('./highlight-code.ts')
        .then(({ highlightCode }) => highlightCode(code, name))
        .then((colored) => isCurrent && setLines(colored))
        .catch(() => {});
    }
    return () => {
      isCurrent = false;
    };
  }, [code, name]);
  return (
    <div className="overflow-hidden rounded-xl border" dir="ltr">
      <div className="flex items-center justify-between bg-surface ps-3 pe-1 text-xs text-muted">
        {name || t('Code')}
        <IconButton label={isCopied ? t('Copied') : t('Copy code')} onClick={() => copy(code)}>
          {isCopied ? <Check /> : <Copy />}
        </IconButton>
      </div>
      <pre className="overflow-x-auto p-3 text-sm" tabIndex={0}>
        <code>
          {lines === null
            ? code
            : lines.map((line, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines never change their order
                <span key={i}>
                  {line.map(({ text, light, dark }, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: tokens never change their order
                    <span key={j} className="code-token" style={{ '--light': light, '--dark': dark } as never}>
                      {text}
                    </span>
                  ))}
                  {i < lines.length - 1 ? '\n' : ''}
                </span>
              ))}
        </code>
      </pre>
    </div>
  );
}
