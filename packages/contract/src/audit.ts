import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';

/** What the audit log tells of, and when. */
export const AUDIT_ACTIONS = {
  'setup.completed': 'The first admin was made.',
  'login.succeeded': 'Somebody signed in.',
  'login.failed': 'A login was refused.',
  'session.ended': 'Somebody signed out, or ended one of their sessions.',
  'password.changed': 'Somebody changed their own password.',
  'user.created': 'A user was created.',
  'user.updated': 'Role, password or suspension of a user was changed.',
  'user.deleted': 'A user was deleted.',
  'key.created': 'An API key was created.',
  'key.updated': 'Name, scopes, expiry or limit of a key was changed.',
  'key.rotated': 'A key got a new secret.',
  'key.revoked': 'A key was revoked.',
  'member.set': 'A user became a member of a workspace, or got another role there.',
  'member.removed': 'A user is no longer a member of a workspace.',
  'workspace.created': 'A workspace was created.',
  'workspace.updated': 'Settings of a workspace were changed.',
  'workspace.deleted': 'A workspace was deleted.',
  'settings.updated': 'Settings of the installation were changed.',
  'source.created': 'A source was created.',
  'source.updated': 'A source was changed.',
  'source.deleted': 'A source was deleted.',
  'webhook.created': 'A webhook was created.',
  'webhook.updated': 'A webhook was changed, or got a new secret.',
  'webhook.deleted': 'A webhook was deleted.',
  'documents.deleted': 'Documents were deleted.',
  'document.downloaded': 'The file of a document was downloaded; repeated downloads within a minute are one entry.',
  'thread.deleted': 'A thread was deleted.',
  'model.pulled': 'The download of a model began.',
  'audit.exported': 'The audit log was exported.',
  'access.refused': 'A call was refused for lack of rights; repeated refusals within a minute are one entry.',
} as const;

export const AuditAction = z
  .enum(Object.keys(AUDIT_ACTIONS) as [keyof typeof AUDIT_ACTIONS, ...(keyof typeof AUDIT_ACTIONS)[]])
  .meta({ id: 'AuditAction' });
export type AuditAction = z.infer<typeof AuditAction>;

/** One security event. It names what it is about, and carries no secrets and no text of documents, questions or answers. */
export const AuditEntry = z
  .object({
    id: Id,
    at: z.date(),
    action: AuditAction,
    actor: z.string().describe('`user:ID`, `key:ID`, `system`, or `anonymous` before a login.'),
    target: z.string().nullable().describe('What was changed: `user:ID`, `key:ID`, `workspace:ID`, ...'),
    workspaceId: Id.nullable(),
    address: z.string().nullable().describe('Where the request came from.'),
    requestId: z.string().nullable().describe("Finds the request in the server's log."),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

const filters = {
  action: AuditAction.optional(),
  actor: z.string().max(100).optional().describe('`user:ID` or `key:ID`.'),
  target: z.string().max(100).optional(),
  since: z.date().optional(),
  until: z.date().optional(),
};

export const ListAuditInput = z.object({ ...filters, ...PageInput.shape });
export type ListAuditInput = z.infer<typeof ListAuditInput>;

export const ExportAuditInput = z.object({
  ...filters,
  after: Id.optional().describe('Goes on after this entry: the last one of the export before.'),
});
export type ExportAuditInput = z.infer<typeof ExportAuditInput>;

export const AuditExport = z
  .object({
    filename: z.string(),
    text: z.string().describe('Newline-delimited JSON: one entry a line, oldest first, at most 10,000.'),
    lastId: Id.nullable().describe('Null when there is no entry.'),
    isComplete: z.boolean().describe('False when more follow after `lastId`.'),
  })
  .meta({ id: 'AuditExport' });
export type AuditExport = z.infer<typeof AuditExport>;
