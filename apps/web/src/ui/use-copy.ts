import { useCallback, useEffect, useRef, useState } from 'react';
import { notifyProblem } from './toast.tsx';

const SHOWN_MS = 2000;

/** Copies text to the clipboard and says so for a moment. */
export function useCopy() {
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback(async (text: string) => {
    try {
      await copyText(text);
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), SHOWN_MS);
    } catch (error) {
      notifyProblem(error);
    }
  }, []);
  return { isCopied, copy };
}

/** Browsers give pages the clipboard only over https and on localhost, so a selection is the fallback. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
