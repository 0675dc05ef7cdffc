/** Words for one source and for several, in the shipped languages and in Chinese, Japanese, Korean and Thai. */
const SINGULAR =
  'source quelle fuente fonte bron kilde kilden källa lähde foinse forrás sumber šaltinis sursa sursă izvor извор източник ' +
  'източника източнику источник источнику источника джерело джерела πηγή աղբյուր kaynak مصدر المصدر स्रोत ஆதாரம் மூலம்';
const PLURAL =
  'sources quellen fuentes fontes fonti bronnen kilder källor lähteet foinsí források šaltiniai surse sursele izvori извори ' +
  'източници источники πηγές աղբյուրներ kaynaklar مصادر المصادر';
const UNSPACED = '来源 來源 资料来源 資料來源 出典 情報源 ソース 출처 แหล่งที่มา แหล่งข้อมูล';
/** Only in square brackets, because they often have numbers of their own. */
const BRACKET_ONLY =
  'src doc docs document documents dok dokument dokumente documento documenti passage passages excerpt chunk context snippet ' +
  'ref refs reference references citation citations cite 文档 文檔 文件 資料 资料 자료 문서 参考 参照 เอกสาร';
const CONJUNCTIONS =
  'and und sowie et y e en og och ja és și ir agus и і та و և dan ve और र மற்றும் 和 与 與 及 と 및 와 과 และ & +';
/** Words that come before a source in running text: "according to Source 1". */
const INTRODUCTIONS =
  'to per see from in by of and or from laut siehe vgl nach gemäß aus in und selon voir après de du et según ver en y secondo vedi da e ' +
  'segundo conforme volgens zie uit ifølge se fra enligt från согласно см из и згідно див з според lihat menurut bkz';
/** Headings of a list of sources at the end of an answer. */
const LIST_HEADINGS =
  'sources source references reference citations cited sources sources cited sources used quellen quelle quellenangaben quellenverzeichnis ' +
  'literatur referenzen références référence fuentes referencias fonti riferimenti fontes referências bronnen referenties kilder källor lähteet ' +
  'források источники джерела източници извори izvori surse šaltiniai kaynaklar kaynakça πηγές المصادر المراجع स्रोत 来源 來源 参考资料 参考文献 ' +
  '資料來源 出典 参考 출처 참고 แหล่งที่มา sumber';
const HEADING_PHRASES = [
  'cited sources',
  'sources cited',
  'sources used',
  'used sources',
  'verwendete quellen',
  'sources utilisées',
];

const list = (words: string) => words.split(' ');

export const SOURCE_WORDS: ReadonlySet<string> = new Set([...list(SINGULAR), ...list(PLURAL), ...list(UNSPACED)]);
export const PLURAL_WORDS: ReadonlySet<string> = new Set(list(PLURAL));
/** Everything that may start a marker: a bracket, a tag, a superscript digit, or the first letter of a word. */
export const MARKER_START = /[[【［(<⁰¹²³⁴-⁹来來资資出情ソ출แ]|(?<![\p{L}\p{M}\p{N}])\p{L}/gu;

export const BRACKET_WORDS: ReadonlySet<string> = new Set([...SOURCE_WORDS, ...list(BRACKET_ONLY)]);
export const CONJUNCTION_WORDS: ReadonlySet<string> = new Set(list(CONJUNCTIONS));
export const INTRODUCTION_WORDS: ReadonlySet<string> = new Set(list(INTRODUCTIONS));
export const HEADINGS: ReadonlySet<string> = new Set([...list(LIST_HEADINGS), ...HEADING_PHRASES]);

/** Words before a number in parentheses that say what it numbers: "Step (1)". */
export const NUMBERED_THINGS: ReadonlySet<string> = new Set(
  list(
    'figure figures fig table tables step steps section sections sec article articles art paragraph paragraphs para abs chapter equation eq ' +
      'no nr number numbers option options item items point points case type class phase version part page pages level grade stage line ' +
      'rule clause subsection subparagraph appendix annex exhibit schedule note group set abbildung abb tabelle schritt schritte abschnitt ' +
      'artikel absatz kapitel nummer punkt fall typ klasse teil seite stufe anlage anhang satz ziffer gleichung étape tableau chapitre ' +
      'alinéa numéro paso tabla figura capítulo artículo número párrafo',
  ),
);

/** Names of variables in prose, so that `argv[1]` and `items[2]` are elements and no citations. */
export const VARIABLE_NAMES: ReadonlySet<string> = new Set(
  list(
    'argv args arr array arrays list lists items item data values value result results row rows col cols column columns matrix vec vector ' +
      'buf buffer str string tmp foo bar baz self params param matches match env index keys key elements element input output obj object ' +
      'dict map tuple stack queue nums numbers words chars tokens lines line x y z i j k n',
  ),
);
