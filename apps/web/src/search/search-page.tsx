import type { SearchHit, SearchMode } from '@lorebox/contract/search';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { placeLabel } from '../chat/place-label.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { inputClass } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Empty, Spinner } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { placeOf } from '../viewer/place.ts';
import { Highlighted } from './highlighted.tsx';
import { mergeHits } from './merge-hits.ts';

const HITS_PER_WORKSPACE = 20;
const MAX_WORKSPACES = 20;
const MODES: readonly SearchMode[] = ['keyword', 'vector', 'hybrid'];

/** Searches while you type, in all workspaces that you may see, or compares the kinds of search in one. */
export function SearchPage() {
  const t = useT();
  const navigate = useNavigate();
  const { q = '', in: only } = useSearch({ from: '/app/search' });
  const [isLab, setLab] = useState(false);
  const { workspaces } = useWorkspaces();
  const text = useDeferredValue(q.trim());
  const scope = workspaces.filter(({ slug }) => only === undefined || slug === only).slice(0, MAX_WORKSPACES);
  const set = (change: { q?: string; in?: string }) =>
    navigate({ to: '/search', search: { q, in: only, ...change }, replace: true });
  return (
    <Page title={t('Search')} width="full">
      <div className="mx-auto mb-6 flex max-w-3xl flex-col gap-3">
        <div className="relative">
          <Search className="absolute start-3 top-3.5 size-5 text-muted" aria-hidden />
          <input
            type="search"
            // biome-ignore lint/a11y/noAutofocus: this page is for typing a search
            autoFocus
            dir="auto"
            value={q}
            onChange={({ target }) => set({ q: target.value || undefined })}
            aria-label={t('Search documents')}
            placeholder={t('Search documents')}
            maxLength={2000}
            className={`${inputClass} min-h-12 px-10! text-lg`}
          />
        </div>
        <div className="flex flex-wrap items-center gap-4 text-sm">
          <label className="flex items-center gap-2">
            {t('Workspace')}
            <select
              value={only ?? ''}
              onChange={({ target }) => set({ in: target.value || undefined })}
              className={`${inputClass} w-auto`}
            >
              <option value="">{t('All workspaces')}</option>
              {workspaces.map(({ id, slug, name }) => (
                <option key={id} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <Switch label={t('Compare kinds of search')} isOn={isLab} onChange={setLab} />
        </div>
      </div>
      {text === '' ? (
        <Empty icon={<Search />} title={t('Type what you are looking for')}>
          {t('Words, names, numbers, or a question.')}
        </Empty>
      ) : isLab ? (
        <Lab workspace={(scope[0] ?? workspaces[0])?.slug ?? ''} text={text} />
      ) : (
        <Results workspaces={scope} text={text} />
      )}
    </Page>
  );
}

interface ResultsProps {
  workspaces: readonly { id: string; slug: string; name: string }[];
  text: string;
}

function Results({ workspaces, text }: ResultsProps) {
  const t = useT();
  const results = useQueries({
    queries: workspaces.map(({ slug }) => ({
      ...query('search', api.search, { workspace: slug, query: text, k: HITS_PER_WORKSPACE }),
      placeholderData: (previous: Awaited<ReturnType<typeof api.search.query>> | undefined) => previous,
      staleTime: 30_000,
    })),
  });
  const isSearching = results.some(({ isFetching }) => isFetching);
  const error = results.find((result) => result.error)?.error;
  const hits = mergeHits(
    results.map(({ data }, i) => ({
      workspace: workspaces[i]?.slug ?? '',
      name: workspaces[i]?.name ?? '',
      hits: data?.hits ?? [],
    })),
  );
  const notices = new Set(results.flatMap(({ data }) => data?.notices.map(({ message }) => message) ?? []));
  return (
    <div className="mx-auto max-w-3xl" data-shown-query={isSearching ? undefined : text}>
      <p role="status" className="mb-3 flex min-h-5 items-center gap-2 text-sm text-muted">
        {isSearching && <Spinner />}
        {!isSearching &&
          t('{count, plural, =0 {Nothing found.} one {# passage} other {# passages}}', { count: hits.length })}
      </p>
      {error && <ProblemNote error={error} />}
      {[...notices].map((notice) => (
        <p key={notice} className="mb-2 rounded-lg bg-warning-soft p-3 text-sm text-warning">
          {notice}
        </p>
      ))}
      <ol className="flex flex-col gap-3">
        {hits.map(({ workspace, name, hit }) => (
          <li key={`${workspace} ${hit.chunkId}`}>
            <HitCard workspace={workspace} workspaceName={workspaces.length > 1 ? name : ''} hit={hit} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function HitCard({ workspace, workspaceName, hit }: { workspace: string; workspaceName: string; hit: SearchHit }) {
  const t = useT();
  return (
    <Link
      to="/w/$workspace/d/$document"
      params={{ workspace, document: hit.documentId }}
      search={placeOf(hit)}
      className="block rounded-xl border bg-raised p-4 hover:border-accent"
    >
      <p className="flex flex-wrap gap-x-2 text-sm">
        <span dir="auto" className="font-medium">
          {hit.title}
        </span>
        <span className="text-muted">
          {[placeLabel(hit, t), workspaceName].filter((part) => part !== '').join(' · ')}
        </span>
      </p>
      <p dir="auto" className="mt-1 line-clamp-5 text-sm break-words whitespace-pre-line">
        <Highlighted text={hit.text} ranges={hit.highlights} />
      </p>
    </Link>
  );
}

/** Keyword, vector and hybrid search side by side. */
function Lab({ workspace, text }: { workspace: string; text: string }) {
  const t = useT();
  const names: Record<SearchMode, string> = {
    keyword: t('Keyword search'),
    vector: t('Vector search'),
    hybrid: t('Hybrid search'),
  };
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      {MODES.map((mode) => (
        <section key={mode} aria-label={names[mode]}>
          <h2 className="mb-2 font-semibold">{names[mode]}</h2>
          <LabColumn workspace={workspace} text={text} mode={mode} />
        </section>
      ))}
    </div>
  );
}

function LabColumn({ workspace, text, mode }: { workspace: string; text: string; mode: SearchMode }) {
  const t = useT();
  const { data, error, isPending } = useQuery(query('search', api.search, { workspace, query: text, mode, k: 20 }));
  if (error) return <ProblemNote error={error} />;
  if (isPending) return <Spinner />;
  const score = (name: string, value: number | null) =>
    value !== null && `${name} ${formatNumber(Math.round(value * 1000) / 1000)}`;
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        {t('{ms} ms', { ms: formatNumber(Math.round(data.timings.total)) })} ·{' '}
        {t('{count, plural, =0 {Nothing found.} one {# passage} other {# passages}}', { count: data.hits.length })}
      </p>
      <ol className="flex flex-col gap-2">
        {data.hits.map((hit, i) => (
          <li key={hit.chunkId} className="rounded-xl border bg-raised p-3 text-sm">
            <p className="flex gap-2 font-medium">
              <span className="text-muted">{formatNumber(i + 1)}</span>
              <Link
                to="/w/$workspace/d/$document"
                params={{ workspace, document: hit.documentId }}
                search={placeOf(hit)}
                dir="auto"
                className="min-w-0 truncate hover:underline"
              >
                {hit.title}
              </Link>
            </p>
            <p className="text-xs text-muted">
              {[
                score(t('fused'), hit.score),
                score(t('keyword'), hit.keywordScore),
                score(t('vector'), hit.vectorScore),
                score(t('reranked'), hit.rerankScore),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <p dir="auto" className="mt-1 line-clamp-4 break-words whitespace-pre-line">
              <Highlighted text={hit.text} ranges={hit.highlights} />
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
