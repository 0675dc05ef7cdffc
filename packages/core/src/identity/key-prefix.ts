/**
 * The visible prefix of a generated key. Never used for a key that a user chose, because its prefix may be guessable.
 */
export const keyPrefixOf = (key: string) => key.slice(0, 8);
