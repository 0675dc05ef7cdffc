import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import DocumentViewer from './document-viewer.tsx';
import { useDocument } from './use-document.ts';

/** A document on a page of its own. The `url` of citations and search hits leads here. */
export function DocumentPage() {
  const t = useT();
  const navigate = useNavigate();
  const { workspace, document } = useParams({ from: '/app/w/$workspace/d/$document' });
  const place = useSearch({ from: '/app/w/$workspace/d/$document' });
  const { data } = useDocument(document);
  return (
    <Page
      title={data?.title ?? t('Document')}
      width="full"
      actions={
        <Button size="small" onClick={() => navigate({ to: '/w/$workspace/documents', params: { workspace } })}>
          <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />
          {t('All documents')}
        </Button>
      }
    >
      <DocumentViewer documentId={document} place={place} />
    </Page>
  );
}
