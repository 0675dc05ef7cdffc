import type { UsageRow } from '@lorebox/contract/usage';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';

const seconds = (milliseconds: number | null) =>
  milliseconds === null ? '–' : `${formatNumber(Math.round(milliseconds / 10) / 100)} s`;

export interface UsageTableProps {
  rows: readonly UsageRow[];
  caption: string;
  /** Shown for the row without a key. */
  unnamed: string;
}

export function UsageTable({ rows, caption, unnamed }: UsageTableProps) {
  const t = useT();
  const heads = [
    t('Questions'),
    t('Failed'),
    t('Tokens read'),
    t('Tokens written'),
    t('Median'),
    t('95 % within'),
    t('First word'),
  ];
  return (
    // The region scrolls, so the keyboard must reach it.
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-lg border">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b text-muted">
            <th scope="col" className="p-2.5 text-start font-medium">
              {t('Name')}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="p-2.5 text-end font-medium whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-b last:border-b-0">
              <th scope="row" className="max-w-60 truncate p-2.5 text-start font-medium">
                {row.key === '' ? unnamed : row.label}
              </th>
              {[row.questions, row.failed, row.inputTokens, row.outputTokens].map((value, i) => (
                <td key={heads[i]} className="p-2.5 text-end tabular-nums">
                  {formatNumber(value)}
                </td>
              ))}
              {[row.latencyMsP50, row.latencyMsP95, row.firstTokenMsP50].map((value, i) => (
                <td key={heads[i + 4]} className="p-2.5 text-end tabular-nums">
                  {seconds(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
