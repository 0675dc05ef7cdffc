import { foldQuestion } from '../reading/fold-question.ts';
import { readNumber } from './read-number.ts';

/** Labels of the amount of an invoice or receipt, folded. */
const LABELS = new Set(
  [
    'grand total,total amount due,total amount,total due,total,amount due,invoice total,gesamtbetrag,rechnungsbetrag',
    'gesamtsumme,summe,total ttc,montant total,importe total,total a pagar,合计,总计,总额',
  ].flatMap((labels) => labels.split(',')),
);
const MAX_LINE_LENGTH = 120;

export interface LabeledTotal {
  /** The line, as offsets into the text. */
  start: number;
  end: number;
  /** The amount as written. */
  amount: string;
}

/** The only line such as `Total: 12.50`. Null if there is none, or if several have different amounts. */
export function readLabeledTotal(text: string): LabeledTotal | null {
  let found: LabeledTotal | null = null;
  let start = 0;
  for (const line of text.split('\n')) {
    const amount = line.length <= MAX_LINE_LENGTH ? amountOf(line) : null;
    if (amount !== null) {
      if (found && found.amount !== amount) return null;
      found ??= { start, end: start + line.length, amount };
    }
    start += line.length + 1;
  }
  return found;
}

function amountOf(line: string): string | null {
  const digits = line.search(/[\d\p{Sc}(−-]/u);
  if (digits < 0) return null;
  const code = /(?<![A-Z])[A-Z]{3}\s?$/.exec(line.slice(0, digits))?.[0] ?? '';
  const at = digits - code.length;
  const [label = ''] = foldQuestion(line.slice(0, at)).split(/[:：|=]/);
  const amount = line.slice(at).trim();
  const isNumber = readNumber(amount, '.') !== null || readNumber(amount, ',') !== null;
  return LABELS.has(label.trim()) && isNumber ? amount : null;
}
