import { createId } from '@lorebox/contract/create-id';
import type { Metadata } from '@lorebox/contract/document';
import type { UpsertItem } from '@lorebox/ports/connector';
import type { NewDocument } from '@lorebox/ports/document-stores';
import type { StagedFile } from '@lorebox/ports/runtime';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { cleanFilename } from '../documents/clean-filename.ts';
import { cleanName } from '../text/clean-name.ts';

/** Longest external id that a list of documents can be filtered by. */
const MAX_EXTERNAL_ID = 500;

/** An item as a document like any other; what sources name badly is cut, not refused. */
export async function toDocument(source: StoredSource, item: UpsertItem, file: StagedFile): Promise<NewDocument> {
  const { id: sourceId, workspaceId, name, connector } = source;
  const sourceUrl = toWebAddress(item.url);
  return {
    id: createId('doc'),
    workspaceId,
    externalId: await externalIdOf(sourceId, item.externalId),
    filename: cleanFilename(item.filename),
    title: cleanName(item.title ?? '').slice(0, 1000) || null,
    metadata: { ...cleanMetadata(item.metadata ?? {}), source: name, connector },
    sourceUrl,
    source: sourceUrl === null ? 'upload' : 'url',
    file,
  };
}

/** It is shown as a link: nothing but a web address, whatever the source says. */
function toWebAddress(given: string | undefined): string | null {
  if (given === undefined || given.length > 4000 || !URL.canParse(given)) return null;
  const { protocol, href } = new URL(given);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}

async function externalIdOf(sourceId: string, itemId: string): Promise<string> {
  const whole = `source:${sourceId}:${itemId}`;
  if (whole.length <= MAX_EXTERNAL_ID) return whole;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(itemId));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${whole.slice(0, MAX_EXTERNAL_ID - hex.length - 1)}~${hex}`;
}

function cleanMetadata(given: NonNullable<UpsertItem['metadata']>): Metadata {
  const entries = Object.entries(given).flatMap(([key, value]): [string, string | number | boolean][] => {
    if (value === null || value === undefined || value === '' || Number.isNaN(value)) return [];
    return [[key.slice(0, 100), typeof value === 'string' ? value.slice(0, 2000) : value]];
  });
  return Object.fromEntries(entries.slice(0, 45));
}
