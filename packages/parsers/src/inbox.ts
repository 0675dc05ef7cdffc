import { mkdirSync, mkdtempSync } from 'node:fs';
import { copyFile, link, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The only folder besides code that a child may read. The file to parse is put there and removed afterwards. */
export class Inbox {
  readonly folder: string;

  constructor(parent: string) {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    this.folder = mkdtempSync(join(parent, 'parse-'));
  }

  /** Puts the file where the child finds it. Uses a hard link, or a copy across file systems. */
  async put(path: string): Promise<string> {
    const place = join(this.folder, 'file');
    try {
      await link(path, place);
    } catch {
      await this.clear();
      await copyFile(path, place);
    }
    return place;
  }

  async clear(): Promise<void> {
    // The file may be missing if `put` failed.
    await unlink(join(this.folder, 'file')).catch(() => {});
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
