import type { DocumentStatus, OnSamePath } from '@lorebox/contract/document';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { FolderUp, Link2, Upload } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDuration, formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { useWorkspaceRole } from '../shell/use-workspace-role.ts';
import { Button } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import { AddUrlDialog } from './add-url-dialog.tsx';
import { DocumentTable } from './document-table.tsx';
import { FolderTree } from './folder-tree.tsx';
import { readChosen, readDropped } from './read-dropped.ts';
import { SourcesPanel } from './sources-panel.tsx';
import { UploadList } from './upload-list.tsx';
import { addUploads, type PathFile } from './upload-queue.ts';

const PROGRESS_POLL_MS = 2000;

/** Files and sources of a workspace: add them, watch them become searchable, find out why one failed. */
export function DocumentsPage() {
  const t = useT();
  const { workspace } = useParams({ from: '/app/w/$workspace/documents' });
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<DocumentStatus | ''>('');
  const [folder, setFolder] = useState<string | null>(null);
  const [onSamePath, setOnSamePath] = useState<OnSamePath>('replace');
  const [isDragged, setDragged] = useState(false);
  const [isAddingUrl, setAddingUrl] = useState(false);
  const [isSourcesOpen, setSourcesOpen] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const text = useDeferredValue(search.trim());
  const summary = useQuery({
    ...query('documents.summary', api.documents.summary, { workspace }),
    refetchInterval: ({ state }) => (state.data?.processing ? PROGRESS_POLL_MS : false),
  });
  const counts = summary.data;
  const queryClient = useQueryClient();
  // The list shows the last step of a document even if it came after the last refresh.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the counts change
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: ['documents.list'] });
    void queryClient.invalidateQueries({ queryKey: ['documents.folders'] });
  }, [counts?.ready, counts?.failed, counts?.processing, queryClient]);
  const current = useQuery(query('workspaces.get', api.workspaces.get, { workspace }));
  const { canEdit } = useWorkspaceRole(workspace);
  const add = (files: PathFile[]) => canEdit && files.length > 0 && addUploads(workspace, files, onSamePath);
  return (
    <Page
      title={current.data ? t('Documents of {name}', { name: current.data.name }) : t('Documents')}
      width="full"
      actions={
        canEdit && (
          <>
            <Button size="small" onClick={() => setSourcesOpen(true)}>
              {t('Sources')}
            </Button>
            <Button size="small" onClick={() => setAddingUrl(true)}>
              <Link2 className="size-4" aria-hidden />
              {t('Add a web page')}
            </Button>
            <Button size="small" onClick={() => folderInput.current?.click()}>
              <FolderUp className="size-4" aria-hidden />
              {t('Add a folder')}
            </Button>
            <Button size="small" variant="primary" onClick={() => fileInput.current?.click()}>
              <Upload className="size-4" aria-hidden />
              {t('Add files')}
            </Button>
          </>
        )
      }
    >
      <input
        ref={fileInput}
        type="file"
        multiple
        hidden
        data-testid="files"
        onChange={({ target }) => {
          add(readChosen(target.files));
          target.value = '';
        }}
      />
      <input
        ref={folderInput}
        type="file"
        multiple
        hidden
        data-testid="folder"
        {...{ webkitdirectory: '' }}
        onChange={({ target }) => {
          add(readChosen(target.files));
          target.value = '';
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a drop zone; the buttons above do the same */}
      <div
        className={cx('flex h-full flex-col gap-4 rounded-xl', isDragged && 'outline-2 outline-accent outline-dashed')}
        onDragOver={(event) => {
          event.preventDefault();
          setDragged(true);
        }}
        onDragLeave={() => setDragged(false)}
        onDrop={(event) => {
          event.preventDefault();
          setDragged(false);
          void readDropped(event.dataTransfer).then(add);
        }}
      >
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            aria-label={t('Find a document')}
            placeholder={t('Find a document')}
            className={`${inputClass} w-full sm:w-72`}
          />
          <label className="flex items-center gap-2">
            {t('State')}
            <select
              value={status}
              onChange={(event) => setStatus(event.target.value as DocumentStatus | '')}
              className={`${inputClass} w-auto`}
            >
              <option value="">{t('All')}</option>
              <option value="ready">{t('Searchable')}</option>
              <option value="processing">{t('Being read')}</option>
              <option value="failed">{t('Failed')}</option>
            </select>
          </label>
          {canEdit && (
            <label className="flex items-center gap-2 whitespace-nowrap">
              {t('Same path')}
              <select
                value={onSamePath}
                onChange={(event) => setOnSamePath(event.target.value as OnSamePath)}
                className={`${inputClass} w-auto`}
              >
                <option value="replace">{t('Replace the document')}</option>
                <option value="add">{t('Keep both')}</option>
                <option value="reject">{t('Refuse')}</option>
              </select>
            </label>
          )}
          {summary.data && (
            <p role="status" className="text-muted">
              {t('{ready} searchable', { ready: formatNumber(summary.data.ready) })}
              {summary.data.processing > 0 &&
                ` · ${t('{count} being read', { count: formatNumber(summary.data.processing) })}`}
              {summary.data.failed > 0 && ` · ${t('{count} failed', { count: formatNumber(summary.data.failed) })}`}
              {summary.data.secondsLeft !== undefined &&
                ` · ${t('about {time} left', { time: formatDuration(summary.data.secondsLeft) })}`}
            </p>
          )}
        </div>
        <UploadList />
        <div className="flex min-h-96 grow gap-4">
          <FolderTree workspace={workspace} folder={folder} onFolder={setFolder} />
          <DocumentTable
            key={`${status} ${folder} ${text}`}
            workspace={workspace}
            filter={{ status: status || undefined, folder: folder ?? undefined, query: text || undefined }}
            isWatching={(summary.data?.processing ?? 0) > 0}
            canEdit={canEdit}
          />
        </div>
      </div>
      <AddUrlDialog workspace={workspace} isOpen={isAddingUrl} onClose={() => setAddingUrl(false)} />
      {isSourcesOpen && <SourcesPanel workspace={workspace} onClose={() => setSourcesOpen(false)} />}
    </Page>
  );
}
