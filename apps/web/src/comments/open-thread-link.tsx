import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';

/** A link to a chat by its title. */
export function OpenThreadLink({ threadId }: { threadId: string }) {
  const { data } = useQuery(query('threads.get', api.threads.get, { threadId }));
  if (!data) return null;
  return (
    <Link
      to="/w/$workspace/t/$thread"
      params={{ workspace: data.workspaceId, thread: threadId }}
      dir="auto"
      className="text-accent underline"
    >
      {data.title}
    </Link>
  );
}
