import { createTokens, pickInteger, pickOne } from './document-generator.ts';

/** One part of a report, in its order. */
export type ReportPart =
  | { kind: 'part' | 'item' | 'heading'; text: string }
  | { kind: 'text'; token: string; text: string }
  | { kind: 'table'; title: string; years: string[]; rows: ReportRow[]; hasCurrency: boolean };

export interface ReportRow {
  label: string;
  /** As printed: "1,234", "(56)", "—". Empty for a row that only has a label. */
  values: string[];
  isTotal: boolean;
}

export interface AnnualReport {
  company: string;
  parts: ReportPart[];
  tokens: string[];
}

const ITEMS: [part: string, items: string[]][] = [
  ['PART I', ['Item 1. Business', 'Item 1A. Risk Factors', 'Item 2. Properties', 'Item 3. Legal Proceedings']],
  [
    'PART II',
    [
      'Item 5. Market for Common Equity',
      'Item 7. Discussion and Analysis of Results',
      'Item 7A. Market Risk',
      'Item 8. Financial Statements',
    ],
  ],
  ['PART III', ['Item 10. Directors and Officers', 'Item 11. Executive Compensation']],
  ['PART IV', ['Item 15. Exhibits']],
];
const HEADINGS = [
  'Overview',
  'Segment Results',
  'Liquidity',
  'Foreign Currency',
  'Products',
  'Competition',
  'Seasonality',
];
/** The same heading at the top of several pages would be a running head. */
const PLACES =
  'in Europe,in Asia,in Africa,in America,by Brand,by Quarter,at Sea,on Land,of Subsidiaries,of Ports'.split(',');
const WORDS =
  'the company believes that its results may differ from those expected because demand in each segment changes with price and season and management reviews the estimates every quarter'.split(
    ' ',
  );

/** A yearly report as companies file it: parts, items, headings in bold, text, and statements with several years. */
export function makeAnnualReport(random: () => number): AnnualReport {
  const token = createTokens(random);
  const tokens: string[] = [];
  const next = () => {
    const word = token();
    tokens.push(word);
    return word;
  };
  const parts: ReportPart[] = [];
  const addTexts = (count: number) => {
    for (let index = 0; index < count; index++) {
      const word = next();
      parts.push({ kind: 'text', token: word, text: `Note ${word} ${makeSentence(random)}` });
    }
  };
  const year = pickInteger(random, 1999, 2025);
  for (const [part, items] of ITEMS) {
    parts.push({ kind: 'part', text: part });
    for (const item of items) {
      parts.push({ kind: 'item', text: item });
      if (random() < 0.2) {
        const word = next();
        parts.push({ kind: 'text', token: word, text: `Note ${word}: none.` });
        continue;
      }
      if (random() < 0.7) addTexts(pickInteger(random, 1, 6));
      for (let index = 0; index < pickInteger(random, 1, 4); index++) {
        parts.push({ kind: 'heading', text: `${pickOne(random, HEADINGS)} ${pickOne(random, PLACES)}` });
        addTexts(pickInteger(random, 1, 5));
        if (random() < 0.5) parts.push(makeTable(random, year, next));
        if (random() < 0.5) addTexts(1);
      }
    }
  }
  return { company: 'Northwind Harbor Inc.', parts, tokens };
}

function makeSentence(random: () => number): string {
  return `${Array.from({ length: pickInteger(random, 20, 90) }, () => pickOne(random, WORDS)).join(' ')}.`;
}

function makeTable(random: () => number, year: number, next: () => string): ReportPart {
  const count = pickInteger(random, 2, 3);
  const years = Array.from({ length: count }, (_, index) => String(year - index));
  const hasCurrency = random() < 0.7;
  const rows = Array.from({ length: pickInteger(random, 4, 14) }, (_, index): ReportRow => {
    const isLabelOnly = index % 3 > 0 && random() < 0.2;
    const values = years.map(() => makeAmount(random));
    const isTotal = random() < 0.2;
    return {
      label: `${isTotal ? 'Total ' : ''}${pickOne(random, ['net', 'other', 'deferred'])} ${next()}`,
      values: isLabelOnly ? [] : values,
      isTotal,
    };
  });
  return { kind: 'table', title: 'The following table shows amounts in millions:', years, rows, hasCurrency };
}

function makeAmount(random: () => number): string {
  if (random() < 0.05) return '—';
  const amount = pickInteger(random, 1, 10 ** pickInteger(random, 1, 6)).toLocaleString('en-US');
  return random() < 0.25 ? `(${amount})` : amount;
}
