interface Located {
  documentId: string;
  page: number | null;
  /** Seconds. */
  startTime: number | null;
  start: number;
  end: number;
}

/**
 * Path of the page in the web app that opens a document at a place. It has no origin, so that it works behind every
 * proxy and domain. Workspaces are named by id.
 */
export function documentUrl(workspaceId: string, { documentId, page, startTime, start, end }: Located): string {
  const path = `/w/${encodeURIComponent(workspaceId)}/d/${encodeURIComponent(documentId)}?start=${start}&end=${end}`;
  if (page !== null) return `${path}&page=${page}`;
  return startTime === null ? path : `${path}&t=${Math.floor(startTime)}`;
}

/** The item with the URL of its place. */
export function withUrl<T extends Located>(workspaceId: string, item: T): T & { url: string } {
  return { ...item, url: documentUrl(workspaceId, item) };
}
