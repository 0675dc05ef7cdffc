import type { Attachment } from '@lorebox/contract/chat';
import { useCallback, useState } from 'react';
import { api } from '../api/client.ts';
import { uploadFile } from '../documents/upload-file.ts';
import { t } from '../i18n/use-t.ts';
import { randomId } from '../lib/random-id.ts';
import { notify } from '../ui/toast.tsx';

const IMAGE = /^image\/(?:png|jpeg|webp|gif)$/;
const MAX_IMAGES = 8;
const MAX_IMAGE_BYTES = 15_000_000;

export interface AttachedFile {
  key: string;
  name: string;
  /** Preview of an image. */
  url: string | null;
  image: Attachment | null;
  documentId: string | null;
  state: 'working' | 'ready' | 'failed';
  message: string | null;
}

async function toBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

/**
 * Files of a question. Images are sent to the model; other files become documents of the workspace, in the folder
 * "Attachments", and the question is asked about them once they can be searched.
 */
export function useAttachments(workspace: string) {
  const [files, setFiles] = useState<AttachedFile[]>([]);
  const change = useCallback(
    (key: string, update: Partial<AttachedFile>) =>
      setFiles((old) => old.map((file) => (file.key === key ? { ...file, ...update } : file))),
    [],
  );
  const attach = useCallback(
    async (key: string, file: File) => {
      try {
        if (IMAGE.test(file.type)) {
          change(key, { image: { mediaType: file.type, data: await toBase64(file) }, state: 'ready' });
          return;
        }
        const path = `Attachments/${file.name}`;
        const id = await uploadFile({ workspace, file, path, onSamePath: 'replace' });
        change(key, { documentId: id });
        const { status, message } = await waitUntilRead(id);
        change(key, { state: status === 'ready' ? 'ready' : 'failed', message: status === 'ready' ? null : message });
      } catch (error) {
        change(key, { state: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
    },
    [workspace, change],
  );
  const add = useCallback(
    (added: File[]) => {
      const images = added.filter(({ type }) => IMAGE.test(type));
      if (images.length > MAX_IMAGES) return notify(t('At most {count} images per question.', { count: MAX_IMAGES }));
      const tooLarge = images.find(({ size }) => size > MAX_IMAGE_BYTES);
      if (tooLarge) return notify(t('{name} is too large.', { name: tooLarge.name }));
      for (const file of added) {
        const key = randomId();
        const url = IMAGE.test(file.type) ? URL.createObjectURL(file) : null;
        const empty = { image: null, documentId: null, message: null };
        setFiles((old) => [...old, { key, name: file.name, url, state: 'working', ...empty }]);
        void attach(key, file);
      }
    },
    [attach],
  );
  const remove = useCallback((key: string) => {
    setFiles((old) => {
      const gone = old.find((file) => file.key === key);
      if (gone?.url) URL.revokeObjectURL(gone.url);
      return old.filter((file) => file.key !== key);
    });
  }, []);
  const clear = useCallback(() => {
    setFiles((old) => {
      for (const { url } of old) if (url) URL.revokeObjectURL(url);
      return [];
    });
  }, []);
  return {
    files,
    add,
    remove,
    clear,
    isBusy: files.some(({ state }) => state === 'working'),
    images: files.flatMap(({ image }) => (image ? [image] : [])),
    documentIds: files.flatMap(({ documentId, state }) => (documentId && state === 'ready' ? [documentId] : [])),
  };
}

export type Attachments = ReturnType<typeof useAttachments>;

const POLL_MS = 500;

async function waitUntilRead(documentId: string) {
  for (;;) {
    const document = await api.documents.get.query({ documentId });
    if (document.status !== 'processing') return document;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
