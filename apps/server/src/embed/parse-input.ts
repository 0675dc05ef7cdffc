import { AppError } from '@lorebox/contract/errors';
import type { z } from 'zod';

/** @throws AppError BAD_REQUEST that names the invalid fields. */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const text = fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  throw new AppError('BAD_REQUEST', text, { fields });
}
