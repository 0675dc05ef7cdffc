import type { EmbedConfig } from '@lorebox/contract/embed';
import type { Widget } from '@lorebox/contract/widget';
import { useEffect, useRef } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { useT } from '../i18n/use-t.ts';

const MAX_QUESTION_LENGTH = 4000;
const LANGUAGES: readonly (string | null)[] = ['en', 'de', 'es', 'zh', 'ar'];

function toConfig(widget: Widget): EmbedConfig {
  const { id, title, greeting, accentColor, position, suggestions, leadForm, handoverUrl } = widget;
  const own = LANGUAGES.includes(i18n.locale) ? (i18n.locale as Widget['language']) : null;
  const language = widget.language ?? own;
  const look = { title, greeting, accentColor, position, suggestions, leadForm, handoverUrl, language };
  return { id, ...look, maxQuestionLength: MAX_QUESTION_LENGTH };
}

/** The widget with settings that are not saved yet. It runs in a frame, so that its styles and those of the app stay apart. */
export function WidgetPreview({ widget }: { widget: Widget }) {
  const t = useT();
  const frame = useRef<HTMLIFrameElement>(null);
  const text = JSON.stringify(toConfig(widget));
  useEffect(() => {
    const send = () => {
      const message = { type: 'lorebox-preview', config: JSON.parse(text) as EmbedConfig };
      frame.current?.contentWindow?.postMessage(message, location.origin);
    };
    const onMessage = ({ origin, source, data }: MessageEvent) => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      if (data?.type === 'lorebox-preview-ready') send();
    };
    addEventListener('message', onMessage);
    send();
    return () => removeEventListener('message', onMessage);
  }, [text]);
  return (
    <iframe
      ref={frame}
      src="/embed/preview"
      title={t('Preview of the widget')}
      className="h-[560px] w-full max-w-sm rounded-xl border"
    />
  );
}
