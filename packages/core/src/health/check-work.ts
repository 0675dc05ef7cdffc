import type { Core } from '../core.ts';
import { type Finding, ok, plural, warning } from './health-check.ts';

const DAY_MS = 86_400_000;

export async function checkDocuments({ stores }: Core): Promise<Finding> {
  const { failed, processing, ready } = await stores.documents.counts();
  if (failed > 0) {
    const action = 'Open the documents of the workspace. Each failed document says why, and can be retried.';
    return warning(`${plural(failed, 'document')} could not be read.`, action);
  }
  return ok(processing > 0 ? `${processing} being read, ${ready} searchable.` : `${ready} searchable.`);
}

export async function checkSources({ stores }: Core): Promise<Finding> {
  const failing = await stores.sources.countFailing();
  if (failing === 0) return ok('No sync run failed.');
  const action = 'Open the sources of the workspace. The log of the last run says why.';
  return warning(`The last sync run of ${plural(failing, 'source')} failed.`, action);
}

export async function checkWebhooks({ stores, clock }: Core): Promise<Finding> {
  const { failedDeliveries, disabled } = await stores.webhooks.failures(new Date(clock.now() - DAY_MS));
  if (failedDeliveries === 0 && disabled === 0) return ok('No delivery failed in the last 24 hours.');
  const parts = [
    ...(disabled > 0 ? [`${plural(disabled, 'webhook')} disabled because of failures.`] : []),
    ...(failedDeliveries > 0
      ? [`${failedDeliveries} ${failedDeliveries === 1 ? 'delivery' : 'deliveries'} failed in the last 24 hours.`]
      : []),
  ];
  return warning(parts.join(' '), 'Open the webhook, fix its receiver, turn it on again, and send the events again.');
}

export async function checkSandbox({ parserSandbox }: Core): Promise<Finding> {
  const { layer, reason } = await parserSandbox();
  if (reason === null) return ok(`Files are read in isolated processes (${layer}).`);
  return warning(
    `Files are read with weaker isolation (${layer}). ${reason}`,
    'Install bubblewrap, or allow user namespaces. See docs/security.md.',
  );
}
