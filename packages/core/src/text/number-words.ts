/** Words for the numbers from 0 to 12, in the shipped languages and the larger Asian ones. */
const WORDS: readonly string[] = [
  'zero null zéro cero noll nul nolla sıfır ноль нуль μηδέν صفر शून्य',
  'one eins einen uno une één ett yksi bir один една един ένα واحد एक',
  'two zwei beide deux dos due dois duas twee två to kaksi két kettő iki doi două два две δύο اثنان दो dua dvi du 二 两',
  'three drei trois tres tre três drie kolme három üç trei три τρία τρεις ثلاثة ثلاث तीन tiga trys 三',
  'four vier quatre cuatro quattro quatro fyra fire neljä négy dört patru четыре чотири четири τέσσερα أربعة أربع चार empat keturi 四',
  'five fünf cinq cinco cinque vijf fem viisi öt beş cinci пять пʼять пет πέντε خمسة خمس पाँच पांच lima penki 五',
  'six sechs seis sei zes sex seks kuusi hat altı șase шесть шість шест έξι ستة ست छह enam šeši 六',
  'seven sieben sept siete sette sete zeven sju syv seitsemän hét yedi șapte семь сім седем επτά εφτά سبعة سبع सात tujuh septyni 七',
  'eight acht huit ocho otto oito åtta otte kahdeksan nyolc sekiz opt восемь вісім осем οκτώ οχτώ ثمانية ثماني आठ delapan aštuoni 八',
  'nine neun neuf nueve nove negen nio ni yhdeksän kilenc dokuz nouă девять девʼять девет εννέα εννιά تسعة تسع नौ sembilan devyni 九',
  'ten zehn dix diez dieci dez tien tio ti kymmenen tíz on zece десять десет δέκα عشرة عشر दस sepuluh dešimt 十',
  'eleven elf onze once undici elva elleve yksitoista tizenegy unsprezece одиннадцать одинадцять έντεκα sebelas vienuolika',
  'twelve zwölf douze doce dodici doze twaalf tolv kaksitoista tizenkettő doisprezece двенадцать дванадцять δώδεκα duabelas dvylika',
];

/** Words that mean something else in another language, so that they don't prove that a number is meant. */
const AMBIGUOUS = new Set(
  'one eins einen uno une één ett bir один една един ένα واحد एक to due du sei hat on ni ti elf once otto beide opt null'.split(
    ' ',
  ),
);

const VALUES = new Map(WORDS.flatMap((words, value) => words.split(' ').map((word) => [word, value] as const)));

/** Value of a number word in lowercase; undefined for other words. Words such as "due" may mean something else. */
export function numberWordValue(word: string): number | undefined {
  return VALUES.get(word);
}

/** The word is a number in every language that has it. */
export function isCertainNumberWord(word: string): boolean {
  return VALUES.has(word) && !AMBIGUOUS.has(word);
}
