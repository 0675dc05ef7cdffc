import { mkdirSync, mkdtempSync } from 'node:fs';
import { copyFile, link, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The one folder that a child may read besides code: the file that it is to parse is put there, and taken out again. */
export class Inbox {
  readonly folder: string;

  constructor(parent: string) {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    this.folder = mkdtempSync(join(parent, 'parse-'));
  }

  /** Where the child finds the file. A link takes no time; across file systems it is a copy. */
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
    // It may not have been put there.
    await unlink(join(this.folder, 'file')).catch(() => {});
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
