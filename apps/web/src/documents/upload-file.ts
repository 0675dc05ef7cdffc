import type { OnSamePath } from '@lorebox/contract/document';
import { t } from '../i18n/use-t.ts';

export interface UploadOptions {
  workspace: string;
  file: File;
  /** Path in the workspace, with folders. */
  path: string;
  onSamePath: OnSamePath;
  /** Share of the file that was sent, 0 to 1. */
  onProgress?(share: number): void;
}

interface UploadResponse {
  documents?: { id: string }[];
  detail?: string;
  title?: string;
}

/** Uploads a file and returns the id of its document. Uses XMLHttpRequest, because fetch reports no upload progress. */
export function uploadFile({ workspace, file, path, onSamePath, onProgress }: UploadOptions): Promise<string> {
  const form = new FormData();
  // The server reads the fields before the file.
  form.set('onSamePath', onSamePath);
  form.set('details', JSON.stringify([{ relativePath: path }]));
  form.set('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/workspaces/${encodeURIComponent(workspace)}/documents`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      const body = (request.response ?? {}) as UploadResponse;
      const id = body.documents?.[0]?.id;
      if (request.status < 300 && id) resolve(id);
      else reject(new Error(body.detail ?? body.title ?? `HTTP ${request.status}`));
    };
    request.onerror = () => reject(new Error(t('The upload was interrupted. Check your connection and try again.')));
    request.send(form);
  });
}
