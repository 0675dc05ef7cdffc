import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { type Outputs, query } from '../api/queries.ts';
import { CitationChip } from '../chat/citation-chip.tsx';
import { Markdown } from '../chat/markdown/markdown.tsx';
import { encodeMarkers } from '../chat/markdown/markers.ts';
import { UnsupportedFlag } from '../chat/unsupported-flag.tsx';
import { formatDate } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { OverlayProviders } from '../shell/overlay-providers.tsx';
import { useAppInfo } from '../shell/session.tsx';
import { Empty, Loading } from '../ui/states.tsx';

type SharedMessage = Outputs['shares']['view']['messages'][number];

/** A chat behind a share link, for people without an account. It links to no documents. */
export function SharedThreadPage() {
  const t = useT();
  const { token } = useParams({ from: '/s/$token' });
  const { data, error, isPending } = useQuery(query('shares.view', api.shares.view, { token }));
  const name = useAppInfo()?.name ?? 'Lorebox';
  usePageTitle(data?.title ?? '');
  if (isPending) return <Loading />;
  if (error) {
    return (
      <main>
        <Empty level={1} title={t('This link does not work')}>
          {t('It may have expired or been revoked. Ask the person who sent it for a new one.')}
        </Empty>
      </main>
    );
  }
  return (
    <OverlayProviders>
      <main className="h-full overflow-y-auto">
        <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-8">
          <header className="border-b pb-4">
            <h1 dir="auto" className="text-xl font-semibold">
              {data.title}
            </h1>
            <p className="text-sm text-muted">
              {t('Shared by {name} on {date}', { name: data.sharedBy, date: formatDate(data.createdAt) })} · {name}
            </p>
          </header>
          {data.messages.map((message) =>
            message.role === 'user' ? (
              <p
                key={`${message.createdAt.getTime()} question`}
                dir="auto"
                className="ms-auto max-w-[85%] rounded-2xl bg-accent-soft px-4 py-2.5 break-words whitespace-pre-wrap"
              >
                {message.text}
              </p>
            ) : (
              <SharedAnswer key={`${message.createdAt.getTime()} answer`} message={message} />
            ),
          )}
        </div>
      </main>
    </OverlayProviders>
  );
}

function SharedAnswer({ message }: { message: SharedMessage }) {
  const t = useT();
  const byNumber = new Map(message.citations.map((citation) => [citation.n, citation]));
  const text = encodeMarkers(message.text, new Set(byNumber.keys()), message.unsupported);
  return (
    <article aria-label={t('Answer')} className="flex flex-col gap-3">
      <Markdown
        text={text}
        renderCite={(numbers) =>
          numbers.map((n) => {
            const citation = byNumber.get(n);
            return citation ? <CitationChip key={n} citation={citation} /> : null;
          })
        }
        renderFlag={() => <UnsupportedFlag />}
      />
    </article>
  );
}
