import { useQuery } from '@tanstack/react-query';
import { BookText, Cpu, Filter, Paperclip } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Badge } from '../ui/states.tsx';
import type { Scope } from './scope.ts';

const ScopeDialog = lazy(() => import('./scope-dialog.tsx'));
const PromptsDialog = lazy(() => import('./prompts-dialog.tsx'));

export interface ComposerToolsProps {
  workspace: string;
  scope: Scope;
  onScope(scope: Scope): void;
  onFiles(files: File[]): void;
  onPrompt(text: string): void;
}

export function ComposerTools({ workspace, scope, onScope, onFiles, onPrompt }: ComposerToolsProps) {
  const t = useT();
  const picker = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<'scope' | 'prompts' | null>(null);
  const models = useQuery({ ...query('models.list', api.models.list, undefined), staleTime: 60_000 });
  const usable = models.data?.models.filter(({ problem }) => problem === null) ?? [];
  const chosen = usable.find(({ id }) => id === scope.model);
  const isScoped = scope.documentIds.length > 0 || scope.metadata !== undefined;
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <IconButton label={t('Attach files')} onClick={() => picker.current?.click()}>
        <Paperclip />
      </IconButton>
      <IconButton label={t('Choose documents')} isPressed={isScoped} onClick={() => setOpen('scope')}>
        <Filter />
      </IconButton>
      <IconButton label={t('Prompts')} onClick={() => setOpen('prompts')}>
        <BookText />
      </IconButton>
      {usable.length > 1 && (
        <Menu
          trigger={
            <IconButton label={t('Choose a model')} isPressed={scope.model !== undefined}>
              <Cpu />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => onScope({ ...scope, model: undefined })}>{t('Model of the workspace')}</MenuItem>
          {usable.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => onScope({ ...scope, model: id })}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      )}
      <span className="flex min-w-0 flex-wrap gap-1">
        {chosen && <Badge>{chosen.name}</Badge>}
        {isScoped && (
          <Badge tone="ok">
            {scope.metadata
              ? Object.values(scope.metadata).join(', ')
              : t('{count, plural, one {# document} other {# documents}}', { count: scope.documentIds.length })}
          </Badge>
        )}
        {scope.mode === 'query' && <Badge>{t('Documents only')}</Badge>}
      </span>
      <Suspense>
        {open === 'scope' && (
          <ScopeDialog workspace={workspace} scope={scope} onScope={onScope} onClose={() => setOpen(null)} />
        )}
        {open === 'prompts' && (
          <PromptsDialog
            workspace={workspace}
            onClose={() => setOpen(null)}
            onUse={(text) => {
              setOpen(null);
              onPrompt(text);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
