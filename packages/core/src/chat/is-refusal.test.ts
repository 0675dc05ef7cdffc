import { describe, expect, it } from 'vitest';
import { isGeneralRefusal, isRefusal } from './is-refusal.ts';

const TEXT = 'There is nothing in the documents about that.';

describe('isRefusal', () => {
  it.each([
    [TEXT],
    ['there is nothing in the documents about that'],
    ['"There is nothing in the documents about that."'],
    ['**There is nothing in the documents about that.** [1]'],
    [`I'm sorry. ${TEXT}`],
    [`${TEXT} Please ask another question.`],
    ['There is nothing in these documents about that.'],
    ['There’s nothing in the documents about that.'],
  ])('recognizes %j', (answer) => {
    expect(isRefusal(answer, TEXT)).toBe(true);
  });

  it.each([
    ['The pump needs oil every 90 days.'],
    [''],
    [
      `${TEXT} But the manual says that the pump needs oil every 90 days, that the valve needs none, and that it must be clean.`,
    ],
  ])('leaves %j', (answer) => {
    expect(isRefusal(answer, TEXT)).toBe(false);
  });
});

describe('isGeneralRefusal', () => {
  it.each([
    ["I don't know."],
    ['The provided documents do not contain any information about penguins.'],
    ['I’m sorry, but I cannot find that in the sources.'],
    ['Die Dokumente enthalten keine Angaben dazu.'],
    ['Je ne sais pas.'],
    ['Los documentos no contienen esa información.'],
    ['Я не знаю.'],
    ['我不知道。'],
    ['لا أعرف'],
  ])('recognizes %j', (answer) => {
    expect(isGeneralRefusal(answer)).toBe(true);
  });

  it.each([
    ['The pump needs oil every 90 days.'],
    ['Der Vertrag enthält keine Kündigungsfrist.'],
    ['The pump. Needs. Oil. I do not know more.'],
    [''],
  ])('leaves %j', (answer) => {
    expect(isGeneralRefusal(answer)).toBe(false);
  });
});
