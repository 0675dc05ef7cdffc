import type { Citation, Message } from '@lorebox/contract/chat';

type Exported = Pick<Message, 'role' | 'text' | 'citations'>;

/** One line per citation: number, document and place. */
export function sourceLines(citations: readonly Pick<Citation, 'n' | 'title' | 'page' | 'section'>[]): string[] {
  return citations.map(({ n, title, page, section }) =>
    [`[${n}] ${title}`, page === null ? null : `p. ${page}`, section].filter((part) => part !== null).join(', '),
  );
}

/** Messages as Markdown: questions as quotes, answers with a list of their sources. */
export function toMarkdown(messages: readonly Exported[]): string {
  return messages
    .map(({ role, text, citations }) => {
      if (role === 'user') return text.replace(/^/gm, '> ');
      const sources = sourceLines(citations);
      return sources.length === 0 ? text : `${text}\n\n${sources.join('\n')}`;
    })
    .join('\n\n');
}
