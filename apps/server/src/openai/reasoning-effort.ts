import { z } from 'zod';

/** OpenAI's levels of thinking. Models differ in which of them they accept. */
export const ReasoningEffort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']);
export type ReasoningEffort = z.infer<typeof ReasoningEffort>;
