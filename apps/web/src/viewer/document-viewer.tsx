import { Tabs } from '@base-ui/react/tabs';
import type { Document } from '@lorebox/contract/document';
import { Download } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { buttonClass } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { ChunkList } from './chunk-list.tsx';
import { DocumentFacts } from './document-facts.tsx';
import { ImageView } from './image-view.tsx';
import { MediaView } from './media-view.tsx';
import type { Place } from './place.ts';
import { TextView } from './text-view.tsx';
import { useDocument } from './use-document.ts';

const PdfView = lazy(() => import('./pdf-view.tsx'));

const IMAGES = new Set(['png', 'jpeg', 'jpg', 'gif', 'webp', 'image']);
type Kind = 'pdf' | 'image' | 'media' | 'text';

function kindOf({ format, duration }: Pick<Document, 'format' | 'duration'>): Kind {
  if (format === 'pdf') return 'pdf';
  if (duration !== null) return 'media';
  return format !== null && IMAGES.has(format) ? 'image' : 'text';
}

/** A document as its original, as the text that was read, and as chunks. */
export default function DocumentViewer({ documentId, place }: { documentId: string; place: Place }) {
  const t = useT();
  const { data: document, error, isPending, refetch } = useDocument(documentId);
  const kind = document ? kindOf(document) : 'text';
  const hasOriginal = kind !== 'text';
  const [tab, setTab] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document or place starts with the default tab
  useEffect(() => setTab(null), [documentId, place.start]);
  if (isPending) return <Loading />;
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  const shown = tab ?? (hasOriginal ? 'original' : 'text');
  const tabs: [string, string][] = [
    ...(hasOriginal ? [['original', t('Original')] as [string, string]] : []),
    ['text', t('Text')],
    ['chunks', t('Chunks')],
    ['details', t('Details')],
  ];
  return (
    <Tabs.Root value={shown} onValueChange={(value) => setTab(String(value))} className="flex h-full flex-col">
      <div className="flex shrink-0 items-center gap-2 border-b px-4">
        <Tabs.List className="me-auto flex min-w-0 gap-1 overflow-x-auto" aria-label={t('Views of the document')}>
          {tabs.map(([value, label]) => (
            <Tabs.Tab
              key={value}
              value={value}
              className="min-h-10 border-b-2 border-transparent px-2.5 text-sm text-muted data-active:border-accent data-active:text-ink"
            >
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <a
          href={`/v1/documents/${documentId}/content`}
          download
          aria-label={t('Download')}
          title={t('Download')}
          className={buttonClass('ghost', 'small')}
        >
          <Download className="size-4" aria-hidden />
        </a>
      </div>
      <div className="min-h-0 grow">
        {hasOriginal && (
          <Tabs.Panel value="original" className="h-full">
            <Suspense fallback={<Loading />}>
              {kind === 'pdf' && <PdfView documentId={documentId} place={place} />}
              {kind === 'image' && <ImageView document={document} />}
              {kind === 'media' && <MediaView document={document} place={place} />}
            </Suspense>
          </Tabs.Panel>
        )}
        <Tabs.Panel value="text" className="h-full">
          <TextView document={document} place={place} />
        </Tabs.Panel>
        <Tabs.Panel value="chunks" className="h-full overflow-y-auto">
          <ChunkList document={document} />
        </Tabs.Panel>
        <Tabs.Panel value="details" className="h-full overflow-y-auto">
          <DocumentFacts document={document} />
        </Tabs.Panel>
      </div>
    </Tabs.Root>
  );
}
