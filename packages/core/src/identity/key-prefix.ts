/** Of generated keys alone: the beginning of a key that somebody chose is a part of their secret. */
export const keyPrefixOf = (key: string) => key.slice(0, 8);
