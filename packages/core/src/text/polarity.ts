const WORD = /[\p{L}\p{M}']+/gu;
const NEGATIONS = new Set(
  (
    'not no never none neither nor without cannot nobody nothing nicht kein keine keinen keinem keiner keines nie niemals ohne ' +
    'niemand nichts weder pas jamais aucun aucune sans rien nunca ningún ninguna sin nada tampoco non nessun nessuna senza ' +
    'não nenhum nenhuma sem niet geen nooit zonder не нет никогда без немає ні ніколи няма inte ej aldrig ingen inga inget utan ' +
    'ikke aldri intet ei eivät emme ilman nem nincs soha sem nélkül değil yok fără niciodată tidak bukan tanpa nije nisu nema ' +
    'није нису нема nėra niekada δεν όχι χωρίς ποτέ لا لم لن ليس ليست بدون नहीं बिना छैन होइन இல்லை níl gan չէ չի չեն'
  ).split(' '),
);
/** "Not only" and the like don't negate. */
const ONLY = new Set(
  'only just merely nur bloß allein seulement solo sólo solamente soltanto apenas alleen bara только'.split(' '),
);
const UNSPACED_NEGATION = /(?:[没未無]|不(?![同过仅但断久])|并非|不是|ません|ない(?!し)|なかった|않|없|못하|아니|ไม่)/u;

/** The text contains a negation. */
export function isNegated(text: string): boolean {
  const words = text.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
  const negated = words.some(
    (word, i) =>
      (word.endsWith("n't") || NEGATIONS.has(word.replace(/^[dlmnst]'/, ''))) && !ONLY.has(words[i + 1] ?? ''),
  );
  return negated || UNSPACED_NEGATION.test(text);
}

/** Opposites: either side in lowercase, with its forms. */
const OPPOSITES: readonly [string, string][] = [
  [
    'before vor bevor avant antes prima voor före før ennen до перед 之前 以前',
    'after nach nachdem après después dopo na efter etter jälkeen после після 之后 以后',
  ],
  [
    'more mehr häufiger öfter plus más más più meer mer больше 更多',
    'less fewer weniger seltener moins menos meno minder mindre меньше 更少',
  ],
  ['above over oberhalb über exceeding', 'below under unterhalb unter'],
  [
    'higher höher larger greater größer bigger longer länger mayor supérieur',
    'lower niedriger smaller kleiner shorter kürzer menor inférieur',
  ],
  [
    'increase increases increased increasing rise rises rose risen grow grows grew grown climb climbed gain gains gained raise raises ' +
      'raised steigt stieg stiegen steigen gestiegen wuchs wuchsen zunahm erhöht erhöhte augmenté augmente augmenta subió subieron ' +
      'aumentó aumentaron aumentado crecieron creció 增加 上升',
    'decrease decreases decreased decreasing fall falls fell fallen decline declines declined drop drops dropped lose loses lost ' +
      'lower lowers lowered reduce reduces reduced shrank sinkt sank sanken sinken gesunken fiel fielen senkt senkte abnahm ' +
      'diminué diminue baissé baisse bajó bajaron disminuyó disminuyeron cayó cayeron 减少 下降',
  ],
  ['first erste ersten erster premier primero', 'last letzte letzten letzter dernier último'],
  ['minimum mindestens least mínimo', 'maximum höchstens most máximo'],
  [
    'allowed permitted erlaubt gestattet autorisé permitido',
    'forbidden prohibited verboten untersagt interdit prohibido',
  ],
  ['included inbegriffen enthalten inclus incluido', 'excluded ausgeschlossen exclu excluido'],
  ['enabled aktiviert activé activado', 'disabled deaktiviert désactivé desactivado'],
  ['accepted angenommen accepté aceptado approved genehmigt', 'rejected abgelehnt refusé rechazado'],
  ['early früh earlier früher', 'late spät later später'],
];

interface Pole {
  pair: number;
  side: number;
}

const POLES = new Map<string, Pole>(
  OPPOSITES.flatMap((sides, pair) =>
    sides.flatMap((words, side) => words.split(' ').map((word) => [word, { pair, side }] as const)),
  ),
);

/** Which of two opposites the word is, such as "before" and "after". Undefined for other words. */
export function poleOf(word: string): Pole | undefined {
  return POLES.get(word);
}

/** Number of opposites of which one text has one side and the other text the other side. */
export function countOpposites(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const sidesOfA = sidesByPair(a);
  const sidesOfB = sidesByPair(b);
  let count = 0;
  for (const [pair, sides] of sidesOfA) if (sides + (sidesOfB.get(pair) ?? sides) === 3 && sides !== 3) count += 1;
  return count;
}

/** For each pair of opposites: 1 for the first side, 2 for the second, 3 for both. */
function sidesByPair(words: ReadonlySet<string>): Map<number, number> {
  const sides = new Map<number, number>();
  for (const word of words) {
    const pole = POLES.get(word);
    if (pole) sides.set(pole.pair, (sides.get(pole.pair) ?? 0) | (pole.side + 1));
  }
  return sides;
}
