import type { OnSamePath } from '@lorebox/contract/document';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../api/query-client.ts';
import { uploadFile } from './upload-file.ts';

export interface PathFile {
  file: File;
  path: string;
}

interface Upload extends PathFile {
  id: number;
  workspace: string;
  onSamePath: OnSamePath;
  state: 'waiting' | 'sending' | 'failed';
  /** Share that was sent, 0 to 1. */
  share: number;
  message: string | null;
}

export interface UploadState {
  uploads: readonly Upload[];
  done: number;
  total: number;
}

const MAX_PARALLEL = 3;
const REFRESH_MS = 1000;
let state: UploadState = { uploads: [], done: 0, total: 0 };
let nextId = 1;
let isRefreshing = false;
const listeners = new Set<() => void>();

function publish(next: Partial<UploadState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function change(id: number, update: Partial<Upload>): void {
  publish({ uploads: state.uploads.map((upload) => (upload.id === id ? { ...upload, ...update } : upload)) });
}

/** Thousands of files would refresh the list thousands of times. */
function refreshSoon(): void {
  if (isRefreshing) return;
  isRefreshing = true;
  setTimeout(() => {
    isRefreshing = false;
    void queryClient.invalidateQueries({ queryKey: ['documents.list'] });
    void queryClient.invalidateQueries({ queryKey: ['documents.summary'] });
    void queryClient.invalidateQueries({ queryKey: ['documents.folders'] });
  }, REFRESH_MS);
}

function pump(): void {
  const sending = state.uploads.filter((upload) => upload.state === 'sending').length;
  for (const upload of state.uploads.filter(({ state }) => state === 'waiting').slice(0, MAX_PARALLEL - sending)) {
    change(upload.id, { state: 'sending' });
    void send(upload);
  }
}

async function send(upload: Upload): Promise<void> {
  try {
    await uploadFile({ ...upload, onProgress: (share) => change(upload.id, { share }) });
    publish({ uploads: state.uploads.filter(({ id }) => id !== upload.id), done: state.done + 1 });
    refreshSoon();
  } catch (error) {
    change(upload.id, { state: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
  pump();
}

/** Uploads files in the background, a few at a time. Leaving the page does not stop it; closing the tab does. */
export function addUploads(workspace: string, files: readonly PathFile[], onSamePath: OnSamePath): void {
  if (state.uploads.length === 0) publish({ done: 0, total: 0 });
  const added = files.map(({ file, path }): Upload => {
    const id = nextId;
    nextId += 1;
    return { id, workspace, file, path, onSamePath, state: 'waiting', share: 0, message: null };
  });
  publish({ uploads: [...state.uploads, ...added], total: state.total + added.length });
  pump();
}

export function retryUpload(id: number): void {
  change(id, { state: 'waiting', share: 0, message: null });
  pump();
}

export function dropUpload(id: number): void {
  publish({ uploads: state.uploads.filter((upload) => upload.id !== id), total: state.total - 1 });
}

window.addEventListener('beforeunload', (event) => {
  if (state.uploads.some((upload) => upload.state !== 'failed')) event.preventDefault();
});

export function useUploads(): UploadState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
