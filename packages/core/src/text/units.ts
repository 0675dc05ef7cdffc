/** Units and their spellings. Different units never match; a unit that isn't here is compared like a word. */
const SPELLINGS: Record<string, string> = {
  '%': '% percent prozent pourcent porcentaje procent prosent процент процента процентов percento 百分之',
  '€': '€ eur euro euros',
  $: '$ usd dollar dollars dólares dólar',
  '£': '£ gbp pound pounds pfund',
  '¥': '¥ yen jpy yuan cny 元 円',
  chf: 'chf franken francs franc',
  '°c': '°c celsius',
  '°f': '°f fahrenheit',
  mg: 'mg milligram milligrams milligramm',
  g: 'g gram grams gramm grammes gramos',
  kg: 'kg kilogram kilograms kilogramm kilo kilos 公斤',
  lb: 'lb lbs',
  t: 'ton tons tonne tonnes tonnen',
  mm: 'mm millimetre millimetres millimeter millimeters',
  cm: 'cm centimetre centimetres centimeter centimeters zentimeter',
  m: 'm metre metres meter meters metern mètre mètres metro metros метр метров 米',
  km: 'km kilometre kilometres kilometer kilometers kilomètres kilómetros kilometern 公里',
  mi: 'mi mile miles meilen',
  ft: 'ft foot feet',
  in: 'inch inches zoll',
  ml: 'ml millilitre millilitres milliliter milliliters',
  l: 'l litre litres liter liters litern litros',
  gal: 'gal gallon gallons gallonen',
  bar: 'bar',
  psi: 'psi',
  mmhg: 'mmhg',
  nm: 'nm',
  v: 'v volt volts',
  w: 'w watt watts',
  kw: 'kw kilowatt kilowatts',
  wh: 'wh',
  kwh: 'kwh',
  mwh: 'mwh',
  s: 's sec second seconds sekunde sekunden seconde secondes segundos 秒',
  ms: 'ms millisecond milliseconds millisekunden',
  min: 'min minute minutes minuten minutos 分钟',
  h: 'h hour hours stunde stunden heures heure horas hora 小时',
  day: 'day days tag tage tagen jour jours día días dagen 天',
  week: 'week weeks woche wochen semaine semaines semana semanas 周',
  month: 'month months monat monate monaten mois mes meses 个月',
  year: 'year years jahr jahre jahren ans année années año años',
  kb: 'kb',
  mb: 'mb',
  gb: 'gb',
  tb: 'tb',
};
const SCALES: Record<string, number> = {
  ...spell(1e3, 'thousand tausend mil тысяч'),
  ...spell(1e4, '万'),
  ...spell(1e6, 'million millions millionen mio millones millón milioni milhões miljoen miljoner millioner миллионов'),
  ...spell(1e8, '亿'),
  ...spell(1e9, 'billion billions bn milliarde milliarden mrd milliard milliards miljard miljarder миллиардов'),
};
const UNITS = new Map(
  Object.entries(SPELLINGS).flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit] as const)),
);

/** Unit of a word in lowercase. Null if it isn't a unit. */
export function unitOf(word: string): string | null {
  return UNITS.get(word) ?? null;
}

/** Factor of a word in lowercase such as "million". Null if it isn't one. */
export function scaleOf(word: string): number | null {
  return Object.hasOwn(SCALES, word) ? (SCALES[word] ?? null) : null;
}

function spell(factor: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word) => [word, factor]));
}
