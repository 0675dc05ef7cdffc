import { z } from 'zod';

/** What a page can know before anyone signs in. */
export const AppInfo = z
  .object({
    needsSetup: z.boolean().describe('There is no admin yet. The server prints a one-time setup link when it starts.'),
    name: z.string().describe('Name of the installation.'),
  })
  .meta({ id: 'AppInfo' });
export type AppInfo = z.infer<typeof AppInfo>;
