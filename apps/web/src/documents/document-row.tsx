import { Popover } from '@base-ui/react/popover';
import type { Document } from '@lorebox/contract/document';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Ellipsis, RefreshCw, Trash2, TriangleAlert } from 'lucide-react';
import { lazy, memo, type ReactNode, Suspense, useState } from 'react';
import { api } from '../api/client.ts';
import { formatAgo, formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { ProgressBar, Spinner } from '../ui/states.tsx';
import { notifyProblem } from '../ui/toast.tsx';

const EditDocumentDialog = lazy(() => import('./edit-document-dialog.tsx'));
const MoveDialog = lazy(() => import('./move-dialog.tsx'));

export interface DocumentRowProps {
  workspace: string;
  document: Document;
  index: number;
  top: number;
  height: number;
  canEdit: boolean;
  isSelected: boolean;
  onToggle(id: string): void;
  onDelete(id: string): void;
}

export const DocumentRow = memo(function DocumentRow(props: DocumentRowProps) {
  const { workspace, document, index, top, height, canEdit, isSelected, onToggle } = props;
  const t = useT();
  const { id, title, filename, metadata, size, createdAt } = document;
  const path = typeof metadata.path === 'string' ? metadata.path : filename;
  const tags = typeof metadata.tags === 'string' && metadata.tags !== '' ? metadata.tags.split(/\s*,\s*/) : [];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the controls in the row have the focus
    <div
      role="row"
      aria-rowindex={index + 1}
      className="absolute inset-x-0 flex items-center gap-3 border-b px-3 text-sm hover:bg-surface"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {canEdit && (
        <span role="cell">
          <input
            type="checkbox"
            checked={isSelected}
            onChange={() => onToggle(id)}
            aria-label={t('Select {title}', { title })}
            className="size-4 accent-accent"
          />
        </span>
      )}
      <span role="cell" className="min-w-0 grow">
        <Link
          to="/w/$workspace/d/$document"
          params={{ workspace, document: id }}
          dir="auto"
          className="block truncate font-medium hover:underline"
        >
          {title}
        </Link>
        <span dir="auto" className="block truncate text-xs text-muted">
          {path}
          {tags.map((tag) => (
            <span key={tag} className="ms-2 rounded bg-surface px-1">
              #{tag}
            </span>
          ))}
        </span>
      </span>
      <span role="cell" className="w-56 shrink-0 max-md:w-28">
        <State document={document} canRetry={canEdit} />
      </span>
      <span role="cell" className="w-20 shrink-0 text-end text-muted max-lg:hidden">
        {formatBytes(size)}
      </span>
      <span role="cell" className="w-28 shrink-0 truncate text-muted max-lg:hidden">
        {formatAgo(createdAt)}
      </span>
      {canEdit && (
        <span role="cell">
          <RowMenu {...props} />
        </span>
      )}
    </div>
  );
});

function State({ document, canRetry }: { document: Document; canRetry: boolean }) {
  const t = useT();
  const { id, status, progress, message, warnings } = document;
  const queryClient = useQueryClient();
  async function retry() {
    try {
      await api.documents.retry.mutate({ documentId: id });
      await queryClient.invalidateQueries({ queryKey: ['documents.list'] });
      await queryClient.invalidateQueries({ queryKey: ['documents.summary'] });
    } catch (error) {
      notifyProblem(error);
    }
  }
  if (status === 'failed') {
    return (
      <span className="flex items-center gap-2">
        <StateNote
          tone="text-danger"
          icon={<CircleAlert className="size-4 shrink-0" aria-hidden />}
          lines={[message ?? t('Failed')]}
        >
          {message ?? t('Failed')}
        </StateNote>
        {canRetry && (
          <Button size="small" onClick={retry}>
            {t('Retry')}
          </Button>
        )}
      </span>
    );
  }
  if (status === 'processing') {
    return (
      <span className="flex flex-col gap-1">
        <span className="flex items-center gap-1.5 text-muted">
          <Spinner className="shrink-0" />
          <span className="truncate">{message ?? t('Being read')}</span>
        </span>
        <ProgressBar value={progress} label={t('Progress of {title}', { title: document.title })} />
      </span>
    );
  }
  if (warnings.length > 0) {
    return (
      <StateNote tone="text-warning" icon={<TriangleAlert className="size-4 shrink-0" aria-hidden />} lines={warnings}>
        {t('{count, plural, one {Searchable, # warning} other {Searchable, # warnings}}', { count: warnings.length })}
      </StateNote>
    );
  }
  return (
    <span className="flex items-center gap-1.5 text-ok">
      <CircleCheck className="size-4 shrink-0" aria-hidden />
      {t('Searchable')}
    </span>
  );
}

interface StateNoteProps {
  tone: string;
  icon: ReactNode;
  /** The whole text, which the row has no room for. */
  lines: readonly string[];
  children: ReactNode;
}

function StateNote({ tone, icon, lines, children }: StateNoteProps) {
  return (
    <Popover.Root>
      <Popover.Trigger openOnHover className={cx('flex min-w-0 cursor-pointer items-center gap-1.5 text-start', tone)}>
        {icon}
        <span className="truncate">{children}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-50">
          <Popover.Popup className="flex max-h-80 max-w-md flex-col gap-2 overflow-y-auto rounded-xl border bg-raised p-3 text-sm break-words shadow-lg">
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function RowMenu({ workspace, document, onDelete }: DocumentRowProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'move' | null>(null);
  const { id, title, status } = document;
  async function run(action: () => Promise<unknown>) {
    try {
      await action();
      await queryClient.invalidateQueries({ queryKey: ['documents.list'] });
      await queryClient.invalidateQueries({ queryKey: ['documents.summary'] });
    } catch (error) {
      notifyProblem(error);
    }
  }
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('Actions for “{title}”', { title })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setOpen('edit')}>{t('Edit title and tags')}</MenuItem>
        <MenuItem
          icon={<RefreshCw aria-hidden />}
          onSelect={() => run(() => api.documents.reingest.mutate({ documentId: id }))}
        >
          {t('Read again')}
        </MenuItem>
        {status === 'processing' && (
          <MenuItem onSelect={() => run(() => api.documents.cancel.mutate({ documentId: id }))}>
            {t('Stop reading')}
          </MenuItem>
        )}
        <MenuItem onSelect={() => setOpen('move')}>{t('Move to another workspace')}</MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 aria-hidden />} isDanger onSelect={() => onDelete(id)}>
          {t('Delete')}
        </MenuItem>
      </Menu>
      <Suspense>
        {open === 'edit' && <EditDocumentDialog document={document} onClose={() => setOpen(null)} />}
        {open === 'move' && <MoveDialog workspace={workspace} document={document} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
