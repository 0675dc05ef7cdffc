import { Fragment, type ReactNode } from 'react';
import type { Extras } from './extras.ts';
import { decodeMarkers, splitMarkers } from './markers.ts';
import { MathText } from './math-text.tsx';
import type { Token, Tokens } from './parse-markdown.ts';
import { safeUrl } from './safe-url.ts';
import { unescapeHtml } from './unescape-html.ts';

export function Inline({ tokens, extras }: { tokens: readonly Token[]; extras: Extras }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one block never change their order
  return tokens.map((token, i) => <Fragment key={i}>{renderInline(token, extras)}</Fragment>);
}

function renderInline(token: Token, extras: Extras): ReactNode {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Inline tokens={(token as Tokens.Strong).tokens} extras={extras} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={(token as Tokens.Em).tokens} extras={extras} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline tokens={(token as Tokens.Del).tokens} extras={extras} />
        </del>
      );
    case 'codespan':
      return (
        <code dir="ltr" className="rounded bg-surface px-1 py-0.5 text-[0.9em]">
          {decodeMarkers((token as Tokens.Codespan).text)}
        </code>
      );
    case 'br':
      return <br />;
    case 'link':
      return renderLink(token as Tokens.Link, extras);
    case 'image':
      return renderImage(token as Tokens.Image);
    case 'mathInline':
      return <MathText tex={decodeMarkers(String((token as Tokens.Generic).text))} />;
    case 'escape':
      return renderText((token as Tokens.Escape).text, extras);
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? <Inline tokens={tokens} extras={extras} /> : renderText(text, extras);
    }
    default:
      return renderText(token.raw, extras);
  }
}

function renderText(text: string, { renderCite, renderFlag }: Extras): ReactNode {
  const parts = splitMarkers(unescapeHtml(text));
  return parts.map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their order
    <Fragment key={i}>
      {part.type === 'text' ? part.text : part.type === 'cite' ? renderCite(part.numbers) : renderFlag(part.index)}
    </Fragment>
  ));
}

/** Links say which host they lead to, because their text may claim another one. */
function renderLink({ href, text, tokens }: Tokens.Link, extras: Extras): ReactNode {
  const url = safeUrl(href);
  if (!url) return <Inline tokens={tokens} extras={extras} />;
  const host = url.protocol === 'mailto:' ? url.pathname : url.host;
  return (
    <>
      <a
        href={url.href}
        title={url.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent underline"
      >
        <Inline tokens={tokens} extras={extras} />
      </a>
      {!text.includes(host) && <span className="text-sm text-muted" dir="ltr">{` (${host})`}</span>}
    </>
  );
}

/** Images are not loaded, because their address can carry what the answer says to another server. */
function renderImage({ href, text }: Tokens.Image): ReactNode {
  const url = safeUrl(href);
  const label = text || 'image';
  if (!url) return label;
  return (
    <a
      href={url.href}
      title={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent underline"
    >
      {`🖼 ${label} (${url.host})`}
    </a>
  );
}
