import { z } from 'zod';
import { addressMeta, secret } from './fields.ts';

export const ImapConfig = z.strictObject({
  host: z.string().trim().min(1).max(255).meta(addressMeta('Hostname of the mail server, such as imap.example.com.')),
  port: z.number().int().min(1).max(65_535).default(993).meta(addressMeta('Port: 993 with TLS, 143 with STARTTLS.')),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .default('tls')
    .meta(addressMeta('Connection encryption. "none" sends the password unencrypted.')),
  username: z.string().min(1).max(300).meta({ description: 'Username, usually the email address.' }),
  password: secret('Password. Gmail, iCloud and others require an app password.'),
  folders: z
    .array(z.string().min(1))
    .min(1)
    .max(100)
    .default(['INBOX'])
    .meta({ description: 'Mail folders to sync, such as INBOX and Archive/2026.' }),
  days: z
    .number()
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .meta({ description: 'Age limit of messages in days. 0 syncs all messages.' }),
});
export type ImapConfig = z.infer<typeof ImapConfig>;
