import { describe, expect, it } from 'vitest';
import { extractiveAnswer } from './extractive-answer.ts';
import type { Passage } from './passage.ts';

const passage = (n: number, text: string): Passage => ({
  n,
  chunkId: `c${n}`,
  documentId: 'd',
  externalId: null,
  title: 'T',
  filename: 'f',
  page: null,
  startTime: null,
  endTime: null,
  section: null,
  start: 0,
  end: text.length,
  text,
  score: 1,
});

describe('extractiveAnswer', () => {
  const passages = [
    passage(1, 'The bridge opened in 1932. It carries eight lanes of traffic. Painters work on it all year.'),
    passage(2, 'Tickets cost four dollars. Children travel free.'),
  ];

  it('quotes matching sentences with their sources, and says that there is no model', () => {
    const answer = extractiveAnswer('When did the bridge open, and how many lanes?', passages);
    expect(answer).toContain('No language model is configured');
    expect(answer).toContain('The bridge opened in 1932. [1]');
    expect(answer).not.toContain('Tickets');
  });

  it('says why no model answers', () => {
    const answer = extractiveAnswer('When did the bridge open?', passages, 'Ollama is not running.');
    expect(answer).toMatch(/^Ollama is not running\. These passages match the question best:\n/);
  });

  it('is null if nothing matches', () => {
    expect(extractiveAnswer('Who composed the symphony?', passages)).toBeNull();
    expect(extractiveAnswer('Who?', [])).toBeNull();
  });

  it('reads scripts without spaces', () => {
    const chinese = [passage(1, '长城始建于公元前七世纪。它的总长度超过两万公里。')];
    expect(extractiveAnswer('长城的总长度是多少？', chinese)).toContain('它的总长度超过两万公里。');
  });

  it('keeps the lines of code and tables', () => {
    const code = passage(1, 'Run this:\n\nexport A=1\nexport B=2\nmake all');
    expect(extractiveAnswer('How do I run make all?', [code])).toContain(
      '> export A=1  \n> export B=2  \n> make all [1]',
    );
    const table = passage(1, 'Region | Adult | Child\nNorth | 31 | 12\nSouth\t|  22 | 9');
    const answer = extractiveAnswer('Which price has an adult in the South region?', [table]);
    expect(answer).toContain('> Region | Adult | Child  \n> North | 31 | 12  \n> South | 22 | 9 [1]');
  });
});
