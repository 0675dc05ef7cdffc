import type { AuditEntry } from '@lorebox/contract/audit';
import { lt } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { auditLog } from './schema.ts';

export const auditCommands = {
  'audit.record'({ orm }: WriteContext, entry: AuditEntry) {
    orm.insert(auditLog).values(entry).run();
  },
  'audit.prune'({ orm }: WriteContext, before: Date): number {
    return orm.delete(auditLog).where(lt(auditLog.at, before)).run().changes;
  },
};
