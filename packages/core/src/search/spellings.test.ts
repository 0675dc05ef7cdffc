import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { search } from './search.ts';

/** Spellings of the same, each of which finds the texts with the others. */
const SPELLINGS: readonly (readonly string[])[] = [
  ['AB-1234', 'AB1234', 'AB 1234'],
  ['ISO 27001', 'ISO27001', 'ISO-27001'],
  ['1,250,000', '1250000', '1 250 000', '1.250.000'],
  ['Straße', 'Strasse'],
  ['Łódź', 'Lodz'],
  ['Grønland', 'Gronland'],
  ['Müller', 'Mueller'],
  ['Århus', 'Aarhus'],
  ['ＡＢＣ１２３', 'ABC123', 'ABC 123'],
  ['ｶﾀｶﾅ', 'カタカナ'],
  ['圖書館', '图书馆'],
  ['إسلام', 'اسلام'],
  ['مَدْرَسَة', 'مدرسة', 'مدرسه'],
  ['٢٠٢٤', '2024'],
  ['서울은', '서울에서', '서울'],
  ['שָׁלוֹם', 'שלום'],
  ['एक्सप्रेस', 'एक्सप्रेस'],
  ['İstanbul', 'Istanbul'],
  ['naïve café', 'naive cafe'],
];
/** A question finds the text with the same words among others in its language. */
const SENTENCES: readonly (readonly [string, string])[] = [
  ['ห้องสมุดเปิดเวลาเก้าโมงเช้า', 'ห้องสมุดเปิดกี่โมง'],
  ['ពិព័រណ៍បើកនៅថ្ងៃចន្ទ', 'ពិព័រណ៍បើកពេលណា'],
  ['ຫໍສະໝຸດເປີດວັນຈັນ', 'ຫໍສະໝຸດເປີດມື້ໃດ'],
  ['စာကြည့်တိုက်ကို တနင်္လာနေ့တွင် ဖွင့်သည်', 'စာကြည့်တိုက် ဘယ်နေ့ဖွင့်သလဲ'],
  ['पुस्तकालय सोमवार को खुलता है', 'पुस्तकालय कब खुलता है'],
  ['تفتح المكتبة يوم الاثنين', 'متى تفتح المكتبات'],
];

let test: TestCore;
let workspaceId: string;
let count = 0;

beforeAll(async () => {
  test = await createTestCore();
  ({ id: workspaceId } = await test.addWorkspace('demo'));
  for (const forms of SPELLINGS) {
    for (const form of forms) await test.addText(workspaceId, `before ${form} behind`, `text ${count++}`);
  }
  for (const [text] of SENTENCES) await test.addText(workspaceId, text, text.slice(0, 12));
});
afterAll(() => test.close());

async function found(query: string): Promise<string[]> {
  const { hits } = await search(test.core, test.admin, { workspace: 'demo', query, mode: 'keyword', k: 10 });
  return hits.map(({ text }) => text);
}

describe('keyword search', () => {
  const cases = SPELLINGS.flatMap((forms) => forms.map((form) => [form, forms] as const));
  it.each(cases)('finds every spelling of "%s", the exact one first', async (form, forms) => {
    const texts = await found(form);
    for (const other of forms) expect(texts, other).toContain(`before ${other} behind`);
    expect(texts[0]).toBe(`before ${form} behind`);
  });

  it.each(SENTENCES)('finds "%s"', async (text, question) => {
    expect((await found(question))[0]).toBe(text);
  });
});

describe('compounds', () => {
  const texts = [
    'Die Lebensversicherung endet mit dem Tod, und das Geld wird an die Familie ausgezahlt.',
    'Eine Versicherung ist ein Vertrag, der die Folgen eines Schadens auf viele verteilt.',
    'Die Versicherungsnummer steht auf der Karte, die mit der Post an alle geschickt wird.',
    'Der Hafen ist im Winter nicht zu erreichen, weil das Eis zu dick für die Schiffe ist.',
  ];
  let german: string;
  beforeAll(async () => {
    ({ id: german } = await test.addWorkspace('german'));
    for (const [i, text] of texts.entries()) await test.addText(german, text, `Text ${i}`);
  });

  const find = async (query: string) => {
    const { hits } = await search(test.core, test.admin, { workspace: 'german', query, mode: 'keyword', k: 10 });
    return hits.map(({ text }) => texts.indexOf(text));
  };

  it('are found by their parts, after the word itself', async () => {
    const found = await find('Versicherung');
    expect(found[0]).toBe(1);
    expect([...found].sort()).toEqual([0, 1, 2]);
    expect(await find('Versicherungen')).toContain(0);
  });
});
