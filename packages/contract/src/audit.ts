import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';

/** Actions in the audit log, with the event each one records. */
export const AUDIT_ACTIONS = {
  'setup.completed': 'The first admin was created.',
  'login.succeeded': 'A user signed in.',
  'login.failed': 'A login failed.',
  'session.ended': 'A user signed out or revoked one of their sessions.',
  'password.changed': 'A user changed their password.',
  'user.created': 'A user was created.',
  'user.updated': 'The role, password or suspension of a user was changed.',
  'user.deleted': 'A user was deleted.',
  'invite.created': 'An invite was created.',
  'invite.accepted': 'A user created their account with an invite.',
  'invite.revoked': 'An invite was revoked.',
  'key.created': 'An API key was created.',
  'key.updated': 'The name, scopes, expiry or rate limit of an API key was changed.',
  'key.rotated': 'An API key was rotated.',
  'key.revoked': 'An API key was revoked.',
  'member.set': 'A user was added to a workspace, or their workspace role was changed.',
  'member.removed': 'A user was removed from a workspace.',
  'workspace.created': 'A workspace was created.',
  'workspace.updated': 'The settings of a workspace were changed.',
  'workspace.deleted': 'A workspace was deleted.',
  'settings.updated': 'The settings of the installation were changed.',
  'source.created': 'A source was created.',
  'source.updated': 'A source was changed.',
  'source.deleted': 'A source was deleted.',
  'webhook.created': 'A webhook was created.',
  'webhook.updated': 'A webhook was changed or its secret was rotated.',
  'webhook.deleted': 'A webhook was deleted.',
  'documents.deleted': 'Documents were deleted.',
  'document.moved': 'A document was moved to another workspace.',
  'document.downloaded': 'A file was downloaded. Repeated downloads within a minute are one entry.',
  'thread.updated': 'A thread was shared with its workspace, or made private again.',
  'share.created': 'A link was created with which everyone can read a thread.',
  'share.revoked': 'A share link was revoked.',
  'widget.created': 'A chat widget was created.',
  'widget.updated': 'The settings of a chat widget were changed.',
  'widget.deleted': 'A chat widget was deleted with its conversations.',
  'widget.exported': 'The conversations of a chat widget were exported.',
  'thread.deleted': 'A thread was deleted.',
  'model-server.updated': 'The server with chat models was set or removed.',
  'model.pulled': 'A model download was started.',
  'audit.exported': 'The audit log was exported.',
  'access.refused': 'A request was denied for missing permissions. Repeated denials within a minute are one entry.',
} as const;

export const AuditAction = z
  .enum(Object.keys(AUDIT_ACTIONS) as [keyof typeof AUDIT_ACTIONS, ...(keyof typeof AUDIT_ACTIONS)[]])
  .meta({ id: 'AuditAction' });
export type AuditAction = z.infer<typeof AuditAction>;

/** One security event. It names its target, and contains no secrets and no text of documents, questions or answers. */
export const AuditEntry = z
  .object({
    id: Id,
    at: z.date(),
    action: AuditAction,
    actor: z.string().describe('`user:ID`, `key:ID`, `system`, or `anonymous` before a login.'),
    target: z.string().nullable().describe('Changed resource: `user:ID`, `key:ID`, `workspace:ID`, ...'),
    workspaceId: Id.nullable(),
    address: z.string().nullable().describe('Client address of the request.'),
    requestId: z.string().nullable().describe('Search the server log for this id.'),
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
  after: Id.optional().describe('Id of the last entry of the previous export. The export continues after it.'),
});
export type ExportAuditInput = z.infer<typeof ExportAuditInput>;

export const AuditExport = z
  .object({
    filename: z.string(),
    text: z.string().describe('Newline-delimited JSON: one entry per line, oldest first, at most 10,000.'),
    lastId: Id.nullable().describe('Null if there are no entries.'),
    isComplete: z.boolean().describe('False if there are more entries after `lastId`.'),
  })
  .meta({ id: 'AuditExport' });
export type AuditExport = z.infer<typeof AuditExport>;
