import type { Message } from '@lorebox/contract/chat';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Markdown } from '../markdown/markdown.tsx';
import { sourceLines } from './to-markdown.ts';

/** Prints a chat without the app around it. The browser's print dialog can save it as a PDF. */
export function printThread(title: string, messages: readonly Message[]): void {
  const container = document.createElement('div');
  container.className = 'print-only';
  document.body.append(container);
  const root = createRoot(container);
  flushSync(() =>
    root.render(
      <>
        <h1 dir="auto">{title}</h1>
        {messages.map(({ id, role, text, citations }) => (
          <article key={id} dir="auto">
            {role === 'user' ? <h2>{text}</h2> : <Markdown text={text} />}
            {sourceLines(citations).map((line) => (
              <p key={line}>
                <small>{line}</small>
              </p>
            ))}
          </article>
        ))}
      </>,
    ),
  );
  window.addEventListener(
    'afterprint',
    () => {
      root.unmount();
      container.remove();
    },
    { once: true },
  );
  window.print();
}
