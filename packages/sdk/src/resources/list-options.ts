/** Where a list begins, and how many items come at a time. */
export interface ListOptions {
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** Items per page, 1 to 200; default 50. */
  limit?: number;
}
