import { useEffect } from 'react';
import { mountWidget } from './mount.ts';
import type { WidgetOptions } from './options.ts';

export type LoreboxWidgetProps = WidgetOptions;

/** The chat widget as a React component. It renders nothing itself: the chat is added to the page. */
export function LoreboxWidget(props: LoreboxWidgetProps): null {
  const key = JSON.stringify(props);
  useEffect(() => {
    const mounted = mountWidget(JSON.parse(key) as WidgetOptions);
    return () => {
      void mounted.then((widget) => widget?.destroy());
    };
  }, [key]);
  return null;
}
