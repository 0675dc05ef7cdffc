import { z } from 'zod';

export const HealthSeverity = z.enum(['ok', 'warning', 'error']).meta({ id: 'HealthSeverity' });
export type HealthSeverity = z.infer<typeof HealthSeverity>;

/** One thing that was checked. */
export const HealthCheck = z
  .object({
    id: z
      .enum([
        'disk',
        'data-folder',
        'database',
        'models',
        'embedder',
        'vector-backend',
        'documents',
        'sources',
        'webhooks',
        'sandbox',
        'clean-up',
        'version',
      ])
      .describe('What was checked.'),
    severity: HealthSeverity,
    title: z.string().describe('Name of the check.'),
    message: z.string().describe('What was found.'),
    action: z.string().nullable().describe('What to do. Null if nothing is wrong.'),
  })
  .meta({ id: 'HealthCheck' });
export type HealthCheck = z.infer<typeof HealthCheck>;

export const SystemHealth = z
  .object({ items: z.array(HealthCheck).describe('Errors first, then warnings.') })
  .meta({ id: 'SystemHealth' });
export type SystemHealth = z.infer<typeof SystemHealth>;
