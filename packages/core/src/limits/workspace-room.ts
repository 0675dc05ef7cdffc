import { AppError } from '@lorebox/contract/errors';
import type { DocumentStore } from '@lorebox/ports/document-stores';
import type { Clock } from '@lorebox/ports/runtime';
import type { Limits } from './ceilings.ts';

/** Counting a large workspace takes milliseconds, so a count is reused for this long. */
const MAX_AGE_MS = 2000;
const MAX_WORKSPACES = 1000;
const MB = 1024 * 1024;

interface Usage {
  documents: number;
  bytes: number;
  countedAt: number;
}

/** Enforces the size limits of workspaces. Concurrent requests can exceed them slightly. */
export class WorkspaceRoom {
  private readonly usages = new Map<string, Usage>();
  private readonly documents: Pick<DocumentStore, 'usage'>;
  private readonly limits: Pick<Limits, 'documentsPerWorkspace' | 'bytesPerWorkspace'>;
  private readonly clock: Clock;

  constructor(
    documents: Pick<DocumentStore, 'usage'>,
    limits: Pick<Limits, 'documentsPerWorkspace' | 'bytesPerWorkspace'>,
    clock: Clock,
  ) {
    this.documents = documents;
    this.limits = limits;
    this.clock = clock;
  }

  /** @throws AppError UNPROCESSABLE if the workspace would exceed its limit of documents or bytes. */
  async take(workspaceId: string, documents: number, bytes: number): Promise<void> {
    const { documentsPerWorkspace, bytesPerWorkspace } = this.limits;
    const usage = await this.usageOf(workspaceId);
    if (usage.documents + documents > documentsPerWorkspace) {
      throw this.refuse(workspaceId, `${documentsPerWorkspace} documents`, 'LOREBOX_MAX_DOCUMENTS');
    }
    if (bytesPerWorkspace > 0 && usage.bytes + bytes > bytesPerWorkspace) {
      throw this.refuse(workspaceId, `${Math.floor(bytesPerWorkspace / MB)} MB of files`, 'LOREBOX_MAX_WORKSPACE_MB');
    }
    usage.documents += documents;
    usage.bytes += bytes;
  }

  private async usageOf(workspaceId: string): Promise<Usage> {
    const now = this.clock.now();
    const last = this.usages.get(workspaceId);
    if (last && now - last.countedAt < MAX_AGE_MS) return last;
    const usage = { ...(await this.documents.usage(workspaceId)), countedAt: now };
    if (this.usages.size >= MAX_WORKSPACES) this.usages.clear();
    this.usages.set(workspaceId, usage);
    return usage;
  }

  /** Drops the cached count, because documents may be deleted before the next request. */
  private refuse(workspaceId: string, ceiling: string, setting: string): AppError {
    this.usages.delete(workspaceId);
    const message = `Workspace is full: the limit is ${ceiling}. Delete some documents, use another workspace, or ask an admin to raise ${setting}.`;
    return new AppError('UNPROCESSABLE', message);
  }
}
