import { randomUUID } from 'node:crypto';
import type { Accepted } from '@lorebox/contract/document';
import type { HttpClient } from './http-client.ts';

export interface UploadFile {
  name: string;
  content: string | Buffer;
  externalId?: string;
}

/** Uploads files in one request. `externalId` is for a single file. */
export async function uploadFiles(
  http: HttpClient,
  workspace: string,
  files: readonly UploadFile[],
): Promise<Accepted> {
  const boundary = `bench-${randomUUID()}`;
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const [first] = files;
  const parts = [Buffer.from(field('workspace', workspace))];
  if (first?.externalId) parts.push(Buffer.from(field('externalId', first.externalId)));
  for (const { name, content } of files) {
    const head = `content-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream`;
    parts.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  const answer = await http.send({
    method: 'POST',
    path: '/trpc/documents.upload',
    body: Buffer.concat(parts),
    contentType: `multipart/form-data; boundary=${boundary}`,
  });
  return (JSON.parse(answer) as { result: { data: { json: Accepted } } }).result.data.json;
}
