import { memo, type ReactNode, useMemo, useState } from 'react';
import { CodeBlock } from './code-block.tsx';
import type { Extras } from './extras.ts';
import { Inline } from './inline.tsx';
import { decodeMarkers } from './markers.ts';
import { MathText } from './math-text.tsx';
import { GrowingMarkdown, parseMarkdown, type Token, type Tokens } from './parse-markdown.ts';

export interface MarkdownProps {
  /** Markdown, with markers encoded by `encodeMarkers`. */
  text: string;
  /** The end of the text is still missing. */
  isPartial?: boolean;
  renderCite?(numbers: number[]): ReactNode;
  renderFlag?(index: number): ReactNode;
}

const nothing = () => null;

/**
 * Shows Markdown as elements. While an answer streams, only its last block changes, so finished blocks are not rendered
 * again.
 */
export function Markdown({ text, isPartial = false, renderCite = nothing, renderFlag = nothing }: MarkdownProps) {
  const [growing] = useState(() => new GrowingMarkdown());
  const tokens = useMemo(() => (isPartial ? growing.parse(text) : parseMarkdown(text)), [text, isPartial, growing]);
  const extras = useMemo(() => ({ renderCite, renderFlag }), [renderCite, renderFlag]);
  return (
    <div className="markdown flex flex-col gap-3 leading-relaxed break-words">
      {tokens.map((token, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only added at the end
        <Block key={i} raw={token.raw} token={token} extras={extras} />
      ))}
    </div>
  );
}

interface BlockProps {
  raw: string;
  token: Token;
  extras: Extras;
}

const Block = memo(
  function Block({ token, extras }: BlockProps) {
    return renderBlock(token, extras);
  },
  (before, after) => before.raw === after.raw && before.extras === after.extras,
);

const HEADING = 'font-semibold mt-2 first:mt-0';

function renderBlock(token: Token, extras: Extras): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      // Answers are below the headings of the page.
      const Tag = `h${Math.min(depth + 2, 6)}` as 'h3';
      return (
        <Tag dir="auto" className={depth <= 2 ? `${HEADING} text-lg` : HEADING}>
          <Inline tokens={tokens} extras={extras} />
        </Tag>
      );
    }
    case 'paragraph':
      return (
        <p dir="auto">
          <Inline tokens={(token as Tokens.Paragraph).tokens} extras={extras} />
        </p>
      );
    case 'text':
      return <Inline tokens={(token as Tokens.Text).tokens ?? [token]} extras={extras} />;
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      return <CodeBlock code={decodeMarkers(text)} language={lang ?? ''} />;
    }
    case 'blockquote':
      return (
        <blockquote dir="auto" className="flex flex-col gap-2 border-s-4 ps-4">
          {renderBlocks((token as Tokens.Blockquote).tokens, extras)}
        </blockquote>
      );
    case 'list':
      return renderList(token as Tokens.List, extras);
    case 'table':
      return renderTable(token as Tokens.Table, extras);
    case 'hr':
      return <hr />;
    case 'mathBlock':
      return <MathText tex={decodeMarkers(String((token as Tokens.Generic).text))} isBlock />;
    default:
      // HTML and what is unknown is shown as it was written.
      return <p dir="auto">{decodeMarkers(token.raw)}</p>;
  }
}

function renderBlocks(tokens: readonly Token[], extras: Extras): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one block never change their order
  return tokens.map((token, i) => <Block key={i} raw={token.raw} token={token} extras={extras} />);
}

function renderList({ ordered, start, items }: Tokens.List, extras: Extras): ReactNode {
  const content = items.map((item, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items never change their order
    <li key={i} dir="auto" className={item.task ? 'list-none' : undefined}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} readOnly className="me-2" />}
      {item.tokens.length === 1 || !item.loose ? (
        renderBlocks(item.tokens, extras)
      ) : (
        <div className="flex flex-col gap-2">{renderBlocks(item.tokens, extras)}</div>
      )}
    </li>
  ));
  return ordered ? (
    <ol start={start === '' ? 1 : start} className="flex list-decimal flex-col gap-1 ps-6">
      {content}
    </ol>
  ) : (
    <ul className="flex list-disc flex-col gap-1 ps-6">{content}</ul>
  );
}

function renderTable({ header, rows, align }: Tokens.Table, extras: Extras): ReactNode {
  const style = (i: number) => ({ textAlign: align[i] ?? undefined });
  return (
    // A wide table scrolls by itself. It can be focused so that the keyboard scrolls it too.
    <div className="max-w-full overflow-x-auto" tabIndex={0} role="group">
      <table className="border-collapse text-sm">
        <thead>
          <tr>
            {header.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their order
              <th key={i} dir="auto" style={style(i)} className="border bg-surface px-2.5 py-1.5 text-start">
                <Inline tokens={cell.tokens} extras={extras} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their order
            <tr key={r}>
              {row.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their order
                <td key={i} dir="auto" style={style(i)} className="border px-2.5 py-1.5 align-top">
                  <Inline tokens={cell.tokens} extras={extras} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
