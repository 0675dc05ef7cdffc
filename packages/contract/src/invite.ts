import { z } from 'zod';
import { Id } from './ids.ts';
import { Password, Role, Username } from './user.ts';
import { MemberRole, WorkspaceRef } from './workspace.ts';

/** A link with which somebody creates their own account. It works once. */
export const Invite = z
  .object({
    id: Id.describe('Id of the invite.'),
    role: Role.describe('Role of the new user.'),
    memberships: z
      .array(z.object({ workspaceId: Id, name: z.string(), role: MemberRole }))
      .describe('Workspaces that the new user joins.'),
    invitedBy: z
      .string()
      .nullable()
      .describe('Username of the user who created the invite. Null for API keys of the installation.'),
    createdAt: z.date(),
    expiresAt: z.date().describe('Time when the link stops working.'),
    acceptedBy: z.string().nullable().describe('Username of the new user. Null until the invite is accepted.'),
    acceptedAt: z.date().nullable(),
  })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof Invite>;

export const CreatedInvite = Invite.extend({
  token: z.string().describe('Secret of the invite. Shown only once.'),
  url: z.string().describe('Path of the page that accepts the invite on this server.'),
}).meta({ id: 'CreatedInvite' });
export type CreatedInvite = z.infer<typeof CreatedInvite>;

export const CreateInviteInput = z.object({
  role: Role.default('member').describe('Role of the new user.'),
  memberships: z
    .array(z.object({ ...WorkspaceRef.shape, role: MemberRole.default('viewer') }))
    .max(50)
    .default([])
    .describe('Workspaces that the new user joins.'),
  expiresAt: z
    .date()
    .optional()
    .describe('Time when the link stops working, at most 90 days from now. Default: 7 days.'),
});
export type CreateInviteInput = z.infer<typeof CreateInviteInput>;

const token = z.string().min(1).max(200).describe('Secret of the invite.');

export const InviteRef = z.object({ token });

/** What the invited person can see before accepting. */
export const InviteInfo = z
  .object({
    role: Role,
    invitedBy: z
      .string()
      .nullable()
      .describe('Username of the user who created the invite. Null for API keys of the installation.'),
    workspaces: z.array(z.string()).describe('Names of the workspaces that the new user joins.'),
    expiresAt: z.date().describe('Time when the link stops working.'),
  })
  .meta({ id: 'InviteInfo' });
export type InviteInfo = z.infer<typeof InviteInfo>;

export const AcceptInviteInput = z.object({ token, username: Username, password: Password });
export type AcceptInviteInput = z.infer<typeof AcceptInviteInput>;
