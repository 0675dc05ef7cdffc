import { z } from 'zod';

/** Time-ordered text id created by the server: a short prefix, an underscore, 26 characters of Crockford base 32. */
export const Id = z.string().min(1).max(64);
export type Id = z.infer<typeof Id>;
