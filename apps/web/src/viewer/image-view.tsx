import type { Document } from '@lorebox/contract/document';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { useFileLink } from './use-document.ts';

export function ImageView({ document }: { document: Document }) {
  const { data, error, refetch } = useFileLink(document.id);
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  if (!data) return <Loading />;
  return (
    <div className="h-full overflow-auto p-4">
      <img src={data.url} alt={document.title} className="mx-auto max-w-full" />
    </div>
  );
}
