import type { EmbedConfig } from '@lorebox/contract/embed';
import type { WidgetLanguage } from '@lorebox/contract/widget';
import { Conversation } from './conversation.ts';
import { createEmbedApi, type EmbedApi } from './embed-api.ts';
import { explainFailure } from './explain-failure.ts';
import { toLanguage, type WidgetOptions } from './options.ts';
import { SessionStore } from './session-store.ts';
import { directionOf, TEXTS } from './texts.ts';
import { element, ICONS, icon } from './view/element.ts';
import { keepFocusInside } from './view/focus-trap.ts';
import { Panel } from './view/panel.ts';
import { inkOn, STYLES } from './view/styles.ts';

export interface MountedWidget {
  open(): void;
  close(): void;
  destroy(): void;
}

export interface MountDeps {
  api?: EmbedApi;
  /** A frame is the window itself: always open, and without a button. */
  mode?: 'page' | 'frame';
}

const PHONE = '(max-width: 640px)';

/** Adds the widget to the page, once its settings have been read. Nothing is shown if the page may not use it. */
export async function mountWidget(
  options: WidgetOptions,
  { api = createEmbedApi(options), mode = 'page' }: MountDeps = {},
): Promise<MountedWidget | null> {
  const stopListening = explainFailure(options);
  try {
    const config = await api.config();
    return show(options, applyOptions(config, options), api, mode);
  } catch (error) {
    const help = `Open ${options.baseUrl}/embed/${encodeURIComponent(options.widgetId)}/test to find out why.`;
    console.error(`Lorebox: the chat widget can't be shown on this page. ${help}`, error);
    return null;
  } finally {
    stopListening();
  }
}

/** What the page sets replaces the settings of the widget. */
function applyOptions(config: EmbedConfig, options: WidgetOptions): EmbedConfig {
  const { title, greeting, accentColor, position, suggestions, handoverUrl } = options;
  return {
    ...config,
    title: title ?? config.title,
    greeting: greeting ?? config.greeting,
    accentColor: accentColor ?? config.accentColor,
    position: position ?? config.position,
    suggestions: suggestions ?? config.suggestions,
    handoverUrl: handoverUrl ?? config.handoverUrl,
  };
}

function languageOf(options: WidgetOptions, config: EmbedConfig): WidgetLanguage {
  return (
    options.language ??
    config.language ??
    toLanguage(document.documentElement.lang) ??
    toLanguage(navigator.language) ??
    'en'
  );
}

function show(options: WidgetOptions, config: EmbedConfig, api: EmbedApi, mode: 'page' | 'frame'): MountedWidget {
  const language = languageOf(options, config);
  const texts = TEXTS[language];
  const store = new SessionStore(options.widgetId);
  const host = createHost(options, config, mode);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];

  const { model, temperature, prompt, visitor = null } = options;
  const conversation = new Conversation({
    api,
    store,
    visitor,
    overrides: {
      ...(model !== undefined && { model }),
      ...(temperature !== undefined && { temperature }),
      ...(prompt !== undefined && { prompt }),
    },
    onChange: () => panel.schedule(),
    onAnswer: ({ text }) => panel.announce(`${texts.answer}: ${text.replace(/\[\d{1,3}\]/g, '')}`),
  });
  const isFrame = mode === 'frame';
  const placeholder = options.placeholder ?? texts.placeholder;
  const panel = new Panel({ config, placeholder, texts, conversation, onClose: isFrame ? null : close });
  const launcher = element(
    'button',
    {
      class: 'launcher',
      part: 'launcher',
      attributes: { type: 'button', 'aria-label': texts.open, 'aria-expanded': 'false', 'aria-haspopup': 'dialog' },
      on: { click: () => (panel.node.hidden ? open() : close()) },
    },
    icon(ICONS.chat),
  );
  const area = element('div', { attributes: { dir: directionOf(language), lang: language } }, panel.node);
  if (!isFrame) area.append(launcher);
  root.append(area);
  const releaseFocus = keepFocusInside(panel.node, () => !isFrame && matchMedia(PHONE).matches);
  panel.node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !isFrame) close();
  });

  function setOpen(isOpen: boolean): void {
    panel.node.hidden = !isOpen;
    launcher.setAttribute('aria-expanded', String(isOpen));
    launcher.setAttribute('aria-label', isOpen ? texts.close : texts.open);
    host.toggleAttribute('data-open', isOpen);
    panel.node.setAttribute('aria-modal', String(!isFrame && matchMedia(PHONE).matches));
    if (!isFrame) store.set({ isOpen });
    if (isOpen) void conversation.restore();
  }
  function open(): void {
    setOpen(true);
    panel.focus();
  }
  function close(): void {
    setOpen(false);
    launcher.focus();
  }

  setOpen(isFrame || store.isOpen || (options.openOnLoad ?? false));
  document.body.append(host);
  return {
    open,
    close,
    destroy() {
      releaseFocus();
      host.remove();
    },
  };
}

/** Styles are set one by one in script, which a policy against inline styles allows. */
function createHost(options: WidgetOptions, { accentColor, position }: EmbedConfig, mode: string): HTMLElement {
  const host = document.createElement('lorebox-widget');
  host.dataset.mode = mode;
  host.dataset.corner = position;
  const properties = {
    '--lorebox-accent': accentColor,
    '--lorebox-accent-ink': inkOn(accentColor),
    '--lorebox-width': options.width,
    '--lorebox-height': options.height,
    '--lorebox-font-size': options.fontSize,
  };
  for (const [name, value] of Object.entries(properties)) if (value) host.style.setProperty(name, value);
  return host;
}
