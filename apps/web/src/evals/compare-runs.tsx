import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';

const rounded = (value: number) => formatNumber(Math.round(value * 1000) / 1000);

/** What changed between two measurements, and whether that may be chance. */
export function CompareRuns({ before, after }: { before: string; after: string }) {
  const t = useT();
  const { data, error, isPending } = useQuery(query('evals.compare', api.evals.compare, { before, after }));
  if (isPending) return <Loading />;
  if (error) return <ProblemNote error={error} />;
  return (
    <div className="overflow-x-auto">
      <p className="mb-2 text-sm">
        {t('{better} of {count} questions got better, {worse} got worse.', {
          better: formatNumber(data.better),
          worse: formatNumber(data.worse),
          count: formatNumber(data.questions),
        })}
      </p>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b text-start">
            <th className="py-1 text-start">{t('Measure')}</th>
            <th className="py-1 text-end">{t('Before')}</th>
            <th className="py-1 text-end">{t('After')}</th>
            <th className="py-1 text-end">{t('Change')}</th>
            <th className="py-1 text-end">{t('Chance')}</th>
          </tr>
        </thead>
        <tbody>
          {data.differences.map(({ measure, before, after, change, pValue }) => (
            <tr key={measure} className="border-b">
              <td className="py-1">{measure}</td>
              <td className="py-1 text-end">{rounded(before)}</td>
              <td className="py-1 text-end">{rounded(after)}</td>
              <td className="py-1 text-end">{rounded(change)}</td>
              <td className="py-1 text-end">{pValue === null ? '–' : rounded(pValue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
