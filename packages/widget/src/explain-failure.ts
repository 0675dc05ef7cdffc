import type { WidgetOptions } from './options.ts';

/** Says in the console which directive of the page's policy blocks the widget. Returns a function that stops it. */
export function explainFailure({ baseUrl }: WidgetOptions): () => void {
  function onViolation({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void {
    if (!blockedURI.startsWith(baseUrl)) return;
    console.error(
      `Lorebox: the Content-Security-Policy of this page blocks the chat widget. Add ${new URL(baseUrl).origin} to ${effectiveDirective}.`,
    );
  }
  document.addEventListener('securitypolicyviolation', onViolation);
  return () => document.removeEventListener('securitypolicyviolation', onViolation);
}
