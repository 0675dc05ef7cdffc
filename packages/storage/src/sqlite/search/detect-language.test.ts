import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';
import { stemWords } from './stem.ts';

describe('detectLanguage', () => {
  it.each([
    ['en', 'The heron stands in the water and waits for the fish that it has seen from the bank of the river.'],
    ['de', 'Der Reiher steht im Wasser und wartet auf den Fisch, den er vom Ufer des Flusses aus gesehen hat.'],
    [
      'fr',
      'Le héron se tient dans l’eau et attend le poisson qu’il a vu depuis la rive, comme il le fait pour les siens.',
    ],
    [
      'es',
      'La garza está en el agua y espera el pez que ha visto desde la orilla del río, como lo hace por las tardes.',
    ],
    [
      'nl',
      'De reiger staat in het water en wacht op de vis die hij van de oever heeft gezien, maar die er niet meer is.',
    ],
    ['tr', 'Balıkçıl suda duruyor ve bu balık için kıyıda bekliyor, ancak daha sonra çok uzak bir yer için ayrıldı.'],
    [
      'pt',
      'A garça está na água e espera o peixe que viu da margem do rio, mas não é uma das aves que se veem ao longe.',
    ],
    ['en', 'short text'],
    ['en', 'x = 1; y = 2; print(x); foo(bar); return baz; if (a) b(); else c(); let d = e; f(g); h(i)'],
  ])('%s: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('stemWords', () => {
  it('matches forms of a word by language and script', () => {
    expect(stemWords('häuser', 'de')).toBe(stemWords('haus', 'de'));
    expect(stemWords('книги', 'en')).toBe(stemWords('книга', 'en'));
    expect(stemWords('الكتاب', 'en')).toBe(stemWords('كتاب', 'en'));
    expect(stemWords('err-4012 x', 'de')).toBe('err-4012 x');
    expect(stemWords('running houses', 'en')).toBe('running houses');
  });
});
