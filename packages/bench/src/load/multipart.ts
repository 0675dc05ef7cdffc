import { randomUUID } from 'node:crypto';
import type { Accepted } from '@lorebox/contract/document';
import type { HttpClient } from './http-client.ts';

export interface UploadFile {
  name: string;
  text: string;
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
  const parts = [field('workspace', workspace)];
  if (first?.externalId) parts.push(field('externalId', first.externalId));
  for (const { name, text } of files) {
    const head = `content-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain`;
    parts.push(`--${boundary}\r\n${head}\r\n\r\n${text}\r\n`);
  }
  parts.push(`--${boundary}--\r\n`);
  const answer = await http.send({
    method: 'POST',
    path: '/trpc/documents.upload',
    body: parts.join(''),
    contentType: `multipart/form-data; boundary=${boundary}`,
  });
  return (JSON.parse(answer) as { result: { data: { json: Accepted } } }).result.data.json;
}
