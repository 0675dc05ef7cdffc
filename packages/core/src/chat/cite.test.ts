import { describe, expect, it } from 'vitest';
import { cite } from './cite.ts';
import type { Passage } from './passage.ts';
import type { CitedClaim } from './sentence-citer.ts';

const text =
  'The lighthouse was built in 1874. It stands 31 metres tall on a granite base. The keeper lived next door with his family.';

function passage(n: number, start: number, content: string): Passage {
  const about = { chunkId: `c${n}`, documentId: 'd', externalId: null, title: 'Lighthouse', filename: 'l.txt' };
  const place = { page: null, startTime: null, endTime: null, section: null, start, end: start + content.length };
  return { n, ...about, ...place, text: content, score: 1 };
}

function claim(n: number, sentence: string, start = 0, origin: CitedClaim['origin'] = 'model'): CitedClaim {
  return { n, start, end: start + sentence.length, text: sentence, origin };
}

describe('cite', () => {
  it('narrows a citation to the sentence that supports it, at exact offsets', () => {
    const stored = `Some earlier page. ${text}`;
    const [citation] = cite([claim(1, 'The tower is 31 metres tall.')], [passage(1, 19, text)]);
    expect(citation?.text).toBe('It stands 31 metres tall on a granite base.');
    expect(stored.slice(citation?.start, citation?.end)).toBe(citation?.text);
  });

  it('makes several citations of places that are far apart, each with its own sentences', () => {
    const long = `${text} ${'Nothing of note happened that year. '.repeat(30)}The lamp was replaced in 1990.`;
    const claims = [claim(1, 'The lamp was replaced in 1990.', 50), claim(1, 'Built in 1874.', 0)];
    const citations = cite(claims, [passage(1, 0, long)]);
    expect(citations.map(({ n, text }) => [n, text])).toEqual([
      [1, 'The lighthouse was built in 1874.'],
      [1, 'The lamp was replaced in 1990.'],
    ]);
    expect(citations.map(({ sentences }) => sentences.map(({ start }) => start))).toEqual([[0], [50]]);
  });

  it('keeps the whole source if none of its sentences matches', () => {
    const [citation] = cite([claim(1, 'Completely other words here.')], [passage(1, 0, text)]);
    expect(citation).toMatchObject({ start: 0, end: text.length, text });
  });

  it('cites only passages that the answer cites, in order of number', () => {
    const passages = [passage(1, 0, text), passage(2, 500, text), passage(3, 900, text)];
    expect(cite([claim(3, 'Built in 1874.'), claim(1, 'Tall.')], passages).map(({ n }) => n)).toEqual([1, 3]);
    expect(cite([], passages)).toEqual([]);
  });

  it('has the timestamps of its own sentence, not of the whole source', () => {
    const times = [
      [100, 0, 8],
      [134, 9.5, 14],
      [180, 14, 20],
    ] as const;
    const [citation] = cite([claim(1, 'The tower is 31 metres tall.')], [passage(1, 100, text)], [times]);
    expect(citation).toMatchObject({ startTime: 9.5, endTime: 14 });
  });

  it('lists the sentences of each citation, and names the model as its origin if it cited one of them', () => {
    const claims = [claim(1, 'Built in 1874.', 30, 'matched'), claim(1, 'Tall.', 0), claim(2, 'Old.', 50, 'matched')];
    expect(cite(claims, [passage(1, 0, text), passage(2, 500, text)])).toMatchObject([
      {
        origin: 'model',
        sentences: [
          { start: 0, end: 5, origin: 'model' },
          { start: 30, end: 44, origin: 'matched' },
        ],
      },
      { origin: 'matched', sentences: [{ start: 50, end: 54, origin: 'matched' }] },
    ]);
  });
});
