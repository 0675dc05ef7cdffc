import { type AnswerEnd, Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const WORKSPACE = 'sales';
const CSV =
  'Customer,Country,Amount\nAcme,Norway,"1,250.50"\n"Birch | Co",Sweden,300\nCedar,Norway,(20.25)\nTotal,,"1,530.25"\n';
const SHEETS = {
  Invoices: [
    ['Invoices of the year'],
    ['Number', 'Issued', 'Net'],
    ['R-1', '2024-03-01', 10.1],
    ['R-2', '2024-04-01', 20.2],
    ['R-3', '2023-04-01', 99],
  ],
  Staff: [
    ['Name', 'Salary'],
    ['Ada', 5000],
    ['Bo', 4000],
  ],
};

let server: LoreboxProcess;
let ollama: FakeOllama;
let lorebox: Lorebox;

/** A workbook with inline texts. */
function buildWorkbook(sheets: Record<string, (string | number)[][]>): Uint8Array<ArrayBuffer> {
  const names = Object.keys(sheets);
  const cell = (value: string | number) =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${names.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${types}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, i) => `<Relationship Id="s${i + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
  };
  for (const [i, rows] of Object.values(sheets).entries()) {
    const data = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
    parts[`xl/worksheets/sheet${i + 1}.xml`] = `<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`;
  }
  return new Uint8Array(zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))));
}

beforeAll(async () => {
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'Sales' });
  await lorebox.documents.upload(WORKSPACE, [
    { name: 'revenue.csv', data: new Blob([CSV]) },
    { name: 'office.xlsx', data: new Blob([buildWorkbook(SHEETS)]) },
  ]);
  const isReady = async () => expect((await lorebox.documents.summary(WORKSPACE)).ready).toBe(2);
  await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

const ask = (question: string, model?: string) =>
  lorebox.ask({ workspace: WORKSPACE, question, ...(model ? { model } : {}) }).final();

/** The cited texts, after checking that they are in the stored text where the citation says. */
async function citedTexts({ citations }: Pick<AnswerEnd, 'citations'>): Promise<string> {
  const texts = await Promise.all(
    citations.map(async ({ documentId, start, end, text }) => {
      const stored = await lorebox.documents.text(documentId);
      expect(stored.text.slice(start, end)).toBe(text);
      return text;
    }),
  );
  return texts.join('\n');
}

describe.each([
  ['with a model', undefined],
  ['without a model', 'extractive'],
])('a question for a number, %s', (_, model) => {
  it('is answered from a CSV file, with the query and the cells', async () => {
    ollama.reply = 'The total amount is about 2,000.';
    const answer = await ask('What is the total amount of the revenue?', model);
    expect(answer.answer).toContain('The sum of Amount is 1530.25 (over 3 rows).');
    const texts = await citedTexts(answer);
    for (const value of ['Amount', '1,250.50', '300', '(20.25)']) expect(texts).toContain(value);
    expect(answer.context).toMatchObject({ basis: 'tables', documentsMatching: 1, documentsRead: 1 });
  });

  it('is answered from the sheet that it is about', async () => {
    ollama.reply = 'I do not know.';
    const answer = await ask('What is the total net of the invoices in 2024?', model);
    expect(answer.answer).toContain('The sum of Net is 30.3 where Issued is in 2024 (over 2 rows).');
    expect(await citedTexts(answer)).toContain('R-2 | 2024-04-01 | 20.2');
    expect(answer.citations[0]).toMatchObject({ section: 'Invoices', page: 1 });
    const salary = await ask('Who has the highest salary?', model);
    expect(salary.answer).toContain('The highest Salary in one row is 5000 (Name: Ada).');
    expect(salary.citations[0]).toMatchObject({ section: 'Staff', page: 2 });
  });
});

it('has the query in its events', async () => {
  const answer = lorebox.ask({ workspace: WORKSPACE, question: 'How many customers from Norway?' });
  for await (const event of answer) {
    if (event.type !== 'sources-found') continue;
    expect(event.tableQueries).toMatchObject([
      {
        title: 'revenue.csv',
        sql: `select count(distinct "Customer") as "count" from "revenue.csv" where "Country" = 'Norway' and "Customer" is not null`,
        columns: ['count'],
        rows: [['2']],
        rowsRead: 3,
      },
    ]);
    expect(event.sources.map(({ n }) => n)).toContain(event.tableQueries[0]?.n);
  }
  expect.assertions(2);
});
