import type { EmbedConfig } from '@lorebox/contract/embed';
import { type MountedWidget, mountWidget } from './mount.ts';
import { toLanguage } from './options.ts';
import { createPreviewApi } from './preview-api.ts';

/** Path of the page: /embed/{widgetId}/frame, or /embed/preview in the settings. */
const [, basePath = '', widgetId = ''] = /^(.*)\/embed\/([^/]+)\/frame$/.exec(location.pathname) ?? [];
let preview: Promise<MountedWidget | null> = Promise.resolve(null);

/** Shows settings that the settings page sends as they are edited. */
function showPreview(config: EmbedConfig): void {
  const options = { widgetId: 'preview', baseUrl: location.origin };
  preview = preview.then((previous) => {
    previous?.destroy();
    return mountWidget(options, { api: createPreviewApi(config), mode: 'frame' });
  });
}

if (widgetId !== '') {
  const options = { widgetId: decodeURIComponent(widgetId), baseUrl: location.origin + basePath };
  // The page of the server has no language of its own.
  const language = new URLSearchParams(location.search).get('language');
  document.documentElement.lang = toLanguage(language) ?? toLanguage(navigator.language) ?? 'en';
  void mountWidget(options, { mode: 'frame' });
} else {
  addEventListener('message', ({ origin, data }: MessageEvent) => {
    if (origin === location.origin && data?.type === 'lorebox-preview') showPreview(data.config);
  });
  parent.postMessage({ type: 'lorebox-preview-ready' }, location.origin);
}
