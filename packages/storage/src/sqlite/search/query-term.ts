export interface QueryTerm {
  /** Text for a quoted FTS5 string. */
  text: string;
  /** Matches words with this prefix: a single character of a script without spaces, or a part of a compound. */
  prefix: boolean;
  /** How often the query contains it, up to a limit. */
  count: number;
}
