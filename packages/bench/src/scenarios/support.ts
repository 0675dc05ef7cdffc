import { parseArgs } from 'node:util';
import { judgeSupport, SUPPORT_KINDS, scoreSupport } from '@lorebox/testkit/judged-support';
import { printHeading, printNote, printTable } from '../report.ts';

/** Precision and recall of the support check on judged sentences, per kind and half. */
export async function support(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { misses: { type: 'boolean', default: false } } });
  const verdicts = await judgeSupport();
  const halves = [verdicts.filter(({ isHeldOut }) => !isHeldOut), verdicts.filter(({ isHeldOut }) => isHeldOut)];
  const share = (value: number | null) => (value === null ? '-' : value.toFixed(2));
  const rows = SUPPORT_KINDS.map((kind) => {
    const scores = halves.map((half) => scoreSupport(half, kind));
    return [kind, ...scores.flatMap(({ count, precision, recall }) => [count, share(precision), share(recall)])];
  });
  printHeading(`Support check on ${verdicts.length} judged sentences, without vectors`);
  const columns = ['sentences', 'precision', 'recall'];
  printTable(['kind', ...columns.map((each) => `${each}, tuned`), ...columns.map((each) => `${each}, held out`)], rows);
  printNote(
    'Constants are chosen on the tuned half only. `--misses` lists the sentences that are judged wrongly there.',
  );
  if (!values.misses) return;
  for (const { id, kind, text, isFlagged } of halves[0] ?? []) {
    if (isFlagged === (kind === 'supported')) printNote(`${id} ${kind}: ${text}`);
  }
}
