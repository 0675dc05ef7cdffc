import { z } from 'zod';
import { brandingShape } from './branding.ts';

const { appName: name, ...look } = brandingShape;

/** What a page can know before anyone signs in. */
export const AppInfo = z
  .object({
    needsSetup: z.boolean().describe('There is no admin yet. The server prints a one-time setup link when it starts.'),
    name,
    logoUrl: z.string().nullable().describe('Path of the logo on this server. Null: the default logo.'),
    ...look,
  })
  .meta({ id: 'AppInfo' });
export type AppInfo = z.infer<typeof AppInfo>;
