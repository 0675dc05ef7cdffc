import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';

/** admin: everything; manager: all workspaces and their members; member: the workspaces they belong to. */
export const Role = z.enum(['admin', 'manager', 'member']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

export const Username = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .regex(/^[\p{L}\p{N}._@+-]+$/u, 'Use only letters, digits and . _ @ + -');
export const Password = z
  .string()
  .min(10, 'Use at least 10 characters.')
  .max(200)
  .describe('At least 10 characters. Must not be a common password or the username.');

export const User = z
  .object({
    id: Id,
    username: z.string(),
    role: Role,
    suspended: z.boolean(),
    createdAt: z.date(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const Theme = z.enum(['system', 'light', 'dark']).meta({ id: 'Theme' });
export type Theme = z.infer<typeof Theme>;

/** How a user wants the web app to look. */
export const Preferences = z
  .object({
    language: z
      .string()
      .nullable()
      .describe('Language of the web app, such as `en` or `pt-BR`. Null: that of the browser.'),
    theme: Theme.describe('Colors of the web app. system: those of the device.'),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof Preferences>;

export const UpdatePreferencesInput = z.object({
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/, 'Use a language tag such as en or pt-BR.')
    .nullable()
    .optional()
    .describe('Language of the web app, such as `en` or `pt-BR`. Null: that of the browser.'),
  theme: Theme.optional().describe('Colors of the web app. system: those of the device.'),
});
export type UpdatePreferencesInput = z.infer<typeof UpdatePreferencesInput>;

export const Credentials = z.object({ username: z.string().max(64), password: z.string().max(200) });
export type Credentials = z.infer<typeof Credentials>;

export const CreateUserInput = z.object({ username: Username, password: Password, role: Role.default('member') });
export type CreateUserInput = z.infer<typeof CreateUserInput>;

export const ListUsersInput = z.object({
  role: Role.optional().describe('Only users with this role.'),
  ...PageInput.shape,
});
export type ListUsersInput = z.infer<typeof ListUsersInput>;

export const UpdateUserInput = z.object({
  userId: Id,
  role: Role.optional(),
  password: Password.optional(),
  suspended: z.boolean().optional(),
  revokeKeys: z
    .boolean()
    .optional()
    .describe("Revoke the user's API keys. Default: true if the password changes, otherwise false."),
});
export type UpdateUserInput = z.infer<typeof UpdateUserInput>;

export const ChangePasswordInput = z.object({
  current: z.string().max(200),
  next: Password,
  revokeKeys: z.boolean().default(true).describe('Also revoke your API keys.'),
});
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

export const SetupInput = z.object({ token: z.string().max(200), username: Username, password: Password });
export type SetupInput = z.infer<typeof SetupInput>;

/** A new session. Browsers also get it as a cookie; other clients send it as `Authorization: Bearer`. */
export const SignedIn = z
  .object({ user: User, sessionToken: z.string(), expiresAt: z.date() })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

export const Session = z
  .object({
    id: z.string().describe("Session id. Not the session token, so it can't be used to sign in."),
    createdAt: z.date(),
    expiresAt: z.date(),
    isCurrent: z.boolean().describe('True for the session that made this request.'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
