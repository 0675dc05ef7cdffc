import { mountWidget } from './mount.ts';
import { readOptions } from './options.ts';

/** The script tag of a website. `currentScript` is null in modules. */
function start(): void {
  const script =
    document.currentScript ?? document.querySelector<HTMLScriptElement>('script[data-widget], script[data-embed-id]');
  if (!(script instanceof HTMLScriptElement)) return;
  const options = readOptions(script.dataset, script.src);
  if (options === null) {
    console.error('Lorebox: the script tag of the chat widget needs the attribute data-widget with its id.');
    return;
  }
  const mount = () => void mountWidget(options);
  if (document.body) mount();
  else document.addEventListener('DOMContentLoaded', mount, { once: true });
}

start();
