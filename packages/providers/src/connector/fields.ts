import { z } from 'zod';
import { findGlobProblem } from './glob.ts';

/** A setting that is stored encrypted and never returned. */
export const secret = (description: string) =>
  z.string().min(1).max(20_000).optional().meta({ writeOnly: true, description });

/**
 * Marks a setting that decides where secrets are sent or how well they are protected in transit. When it changes, all
 * secrets must be entered again.
 */
export const addressMeta = (description: string) => ({ address: true, description });

export const address = (description: string) =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
    .max(2000)
    .transform((value) => value.replace(/(?<!\/)\/+$/, ''))
    .meta(addressMeta(description));

export const list = (description: string) =>
  z.array(z.string().trim().min(1)).max(1000).default([]).meta({ description });

const Glob = z
  .string()
  .trim()
  .min(1)
  .superRefine((pattern, context) => {
    const problem = findGlobProblem(pattern);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
export const globs = (description: string) => z.array(Glob).max(100).default([]).meta({ description });

/** Path globs: everything that is included and not excluded. */
export const pathFilter = {
  include: globs('Globs of paths to include, such as docs/**. Empty: all.'),
  exclude: globs('Globs of paths to exclude, such as **/*.min.js.'),
};
