import type { PathFile } from './upload-queue.ts';

/** Files that systems put into folders, which nobody means to upload. */
const IGNORED = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*)$/;

/** Files of a drop, with those in folders at any depth. Must be called in the event, whose items are gone afterwards. */
export async function readDropped(transfer: DataTransfer): Promise<PathFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: PathFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: PathFile[]): Promise<void> {
  if (entry.isFile) {
    if (IGNORED.test(entry.name)) return;
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader returns a part of the entries per call, and none at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const inner of entries) await collect(inner, found);
  }
}

/** Files of a file input, with the folder for inputs that choose one. */
export function readChosen(files: FileList | null): PathFile[] {
  return [...(files ?? [])]
    .filter(({ name }) => !IGNORED.test(name))
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}
