import { normalizeText } from '@lorebox/contract/normalize-text';

export const foldName = (name: string): string => normalizeText(name, 'NFKC').toLowerCase();
