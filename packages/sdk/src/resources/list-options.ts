/** Start and page size of a list. */
export interface ListOptions {
  /** `nextCursor` of the previous page. */
  cursor?: string | undefined;
  /** Items per page, 1 to 200. Default: 50. */
  limit?: number | undefined;
}
