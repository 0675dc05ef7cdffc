import { isAppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, SourceItem, SourceRequest } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, list, secret } from './fields.ts';
import { createGoogleToken } from './google-token.ts';
import { readBytes, readJson } from './read-answer.ts';

const Config = z.strictObject({
  folders: list('Ids of the folders to sync, including subfolders. Empty: everything that the account can access.'),
  serviceAccount: secret('JSON key of a service account. Share the folders with its email address.'),
  clientId: z
    .string()
    .max(300)
    .default('')
    .meta({ description: 'OAuth client id, to sync as a person instead of a service account.' }),
  clientSecret: secret('OAuth client secret.'),
  refreshToken: secret('Refresh token of the person, with the scope drive.readonly.'),
  apiUrl: address('URL of the API.').default('https://www.googleapis.com'),
  tokenUrl: address('URL of the token endpoint.').default('https://oauth2.googleapis.com/token'),
});
type Config = z.infer<typeof Config>;

const File = z.object({
  id: z.string(),
  name: z.string(),
  mimeType: z.string(),
  md5Checksum: z.string().optional(),
  modifiedTime: z.string().optional(),
  size: z.string().optional(),
  webViewLink: z.string().optional(),
  trashed: z.boolean().default(false),
  parents: z.array(z.string()).default([]),
  owners: z.array(z.object({ displayName: z.string().optional() })).default([]),
});
type File = z.infer<typeof File>;
const Files = z.object({ files: z.array(File), nextPageToken: z.string().optional() });
const Start = z.object({ startPageToken: z.string() });
const Changes = z.object({
  changes: z.array(
    z.object({
      changeType: z.string().default('file'),
      fileId: z.string().optional(),
      removed: z.boolean().default(false),
      file: File.optional(),
    }),
  ),
  nextPageToken: z.string().optional(),
  newStartPageToken: z.string().optional(),
});

const Cursor = z.object({ pageToken: z.string() }).nullable().catch(null);
const FIELDS = 'id,name,mimeType,md5Checksum,modifiedTime,size,webViewLink,trashed,parents,owners(displayName)';
const SHARED = { supportsAllDrives: 'true', includeItemsFromAllDrives: 'true' };
const FOLDER = 'application/vnd.google-apps.folder';
const OOXML = 'application/vnd.openxmlformats-officedocument';
/** Export formats for Google's own file types. Their headings, sheets and slides can be cited. */
const EXPORTS: Record<string, [type: string, extension: string]> = {
  'application/vnd.google-apps.document': [`${OOXML}.wordprocessingml.document`, '.docx'],
  'application/vnd.google-apps.spreadsheet': [`${OOXML}.spreadsheetml.sheet`, '.xlsx'],
  'application/vnd.google-apps.presentation': [`${OOXML}.presentationml.presentation`, '.pptx'],
};

/**
 * Syncs files by the change log of the drive. Everything is listed in the first sync run, and again when a folder has
 * moved.
 */
export const googleDrive: Connector = {
  id: 'google-drive',
  label: 'Google Drive',
  description: 'Files, documents, sheets and slides in Google Drive folders.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 10,
  parallel: 4,
  async check(context) {
    const drive = new Drive(context, Config.parse(context.config));
    await drive.get('changes/startPageToken', Start, SHARED);
    await drive.folders();
  },
  async *sync(context) {
    const drive = new Drive(context, Config.parse(context.config));
    const cursor = Cursor.parse(context.cursor);
    const changes = cursor && (await drive.changesSince(cursor.pageToken));
    const isChosen = drive.config.folders.length > 0;
    const isFolderMoved = isChosen && changes?.items.some(({ file }) => file?.mimeType === FOLDER);
    if (changes && !isFolderMoved) {
      const within = await drive.folders();
      for (const { fileId = '', removed, file } of changes.items) {
        const isGone = removed || !file || file.trashed || !drive.isWithin(file, within);
        if (isGone) yield { kind: 'delete', externalId: fileId };
        else yield* drive.toItems(file);
      }
      yield { kind: 'cursor', cursor: { pageToken: changes.next } };
      return;
    }
    const { startPageToken } = await drive.get('changes/startPageToken', Start, SHARED);
    const within = await drive.folders();
    for await (const file of drive.list(`trashed = false and mimeType != '${FOLDER}'`)) {
      if (drive.isWithin(file, within)) yield* drive.toItems(file);
    }
    yield { kind: 'full' };
    yield { kind: 'cursor', cursor: { pageToken: startPageToken } };
  },
};

class Drive {
  private readonly context: ConnectorContext;
  readonly config: Config;
  private readonly token: () => Promise<string>;

  constructor(context: ConnectorContext, config: Config) {
    this.context = context;
    this.config = config;
    this.token = createGoogleToken(context, config);
  }

  async get<T extends z.ZodType>(path: string, shape: T, query: Record<string, string>): Promise<z.output<T>> {
    const url = `${this.config.apiUrl}/drive/v3/${path}?${new URLSearchParams(query)}`;
    return (await readJson(this.context, url, shape, await this.request())).data;
  }

  async *list(q: string): AsyncGenerator<File> {
    let pageToken: string | undefined;
    do {
      const query = {
        q,
        pageSize: '500',
        fields: `nextPageToken,files(${FIELDS})`,
        ...SHARED,
        ...(pageToken && { pageToken }),
      };
      const page: z.infer<typeof Files> = await this.get('files', Files, query);
      yield* page.files;
      pageToken = page.nextPageToken;
    } while (pageToken);
  }

  /** Null if the change log doesn't go back that far. */
  async changesSince(token: string) {
    const items: z.infer<typeof Changes>['changes'] = [];
    const fields = `nextPageToken,newStartPageToken,changes(changeType,fileId,removed,file(${FIELDS}))`;
    for (let pageToken = token; ; ) {
      const query = { pageToken, pageSize: '500', fields, ...SHARED };
      const page = await this.get('changes', Changes, query).catch((error: unknown) => {
        if (isAppError(error) && error.code === 'SOURCE_REFUSED' && /status 4(00|04|10)/.test(error.message))
          return null;
        throw error;
      });
      if (!page) return null;
      items.push(...page.changes.filter(({ changeType, fileId }) => changeType === 'file' && fileId !== undefined));
      if (page.nextPageToken === undefined) return { items, next: page.newStartPageToken ?? pageToken };
      pageToken = page.nextPageToken;
    }
  }

  /** IDs of the selected folders and their subfolders; null for all. */
  async folders(): Promise<Set<string> | null> {
    if (this.config.folders.length === 0) return null;
    const below = new Map<string, string[]>();
    for await (const { id, parents } of this.list(`trashed = false and mimeType = '${FOLDER}'`)) {
      for (const parent of parents) below.set(parent, [...(below.get(parent) ?? []), id]);
    }
    const found = new Set(this.config.folders);
    for (const id of found) for (const child of below.get(id) ?? []) found.add(child);
    return found;
  }

  isWithin({ parents }: File, folders: Set<string> | null): boolean {
    return folders === null || parents.some((parent) => folders.has(parent));
  }

  *toItems(file: File): Generator<SourceItem> {
    const { id, name, mimeType, md5Checksum, modifiedTime = '', size, webViewLink, owners } = file;
    const exported = EXPORTS[mimeType];
    // Forms, maps and shortcuts have no readable content.
    if (!exported && mimeType.startsWith('application/vnd.google-apps.')) return;
    yield {
      kind: 'upsert',
      externalId: id,
      version: md5Checksum ?? modifiedTime,
      filename: exported ? `${name}${exported[1]}` : name,
      title: exported ? name : undefined,
      contentType: exported ? exported[0] : mimeType,
      size: exported || size === undefined ? undefined : Number(size),
      url: webViewLink,
      metadata: { author: owners[0]?.displayName, modified: modifiedTime },
      open: () => this.read(id, exported?.[0]),
    };
  }

  private async *read(id: string, exportAs: string | undefined): AsyncGenerator<Uint8Array> {
    const path = exportAs
      ? `${encodeURIComponent(id)}/export?${new URLSearchParams({ mimeType: exportAs })}`
      : `${encodeURIComponent(id)}?alt=media&supportsAllDrives=true`;
    yield* readBytes(this.context, `${this.config.apiUrl}/drive/v3/files/${path}`, await this.request());
  }

  private async request(): Promise<SourceRequest> {
    return { headers: { authorization: `Bearer ${await this.token()}` } };
  }
}
