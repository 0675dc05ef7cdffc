import { createRandom } from '@lorebox/testkit/random';
import { makeAnnualReportPdf } from './testing/generators/annual-report-files.ts';
import { parse } from './testing/parse.ts';

const g = await makeAnnualReportPdf(createRandom(11));
const d = await parse(g.bytes, g.filename);
const at = d.text.indexOf('n5qb263');
console.log(d.text.slice(at - 900, at + 500));
