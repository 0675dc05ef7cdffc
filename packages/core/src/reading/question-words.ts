export type QuestionKind = 'lookup' | 'overview' | 'list' | 'count' | 'compare';

/** English words for a document. */
export const DOCUMENT_WORDS: ReadonlySet<string> = new Set(
  (
    'document documents file files text texts paper papers report reports contract contracts agreement agreements ' +
    'letter letters book books manual manuals article articles email emails mail mails pdf pdfs slides presentation presentations recording recordings minutes policy policies lease invoice invoices ' +
    'collection workspace folder library archive'
  ).split(' '),
);

/**
 * Patterns by kind, in order of precedence, for normalized lowercase text. Each is anchored or bounded by literals, and
 * matches in linear time.
 */
export const QUESTION_WORDS: readonly (readonly [Exclude<QuestionKind, 'lookup'>, readonly RegExp[]])[] = [
  [
    'compare',
    [
      /^(?:please )?(?:compare|contrast)\b/,
      /\b(?:what is|what are|what s|describe|explain|list) the (?:main |key )?differences? between\b/,
      /\bhow (?:do|does|did) .{1,80} (?:differ|compare)\b/,
      /^(?:bitte )?vergleiche?\b/,
      /\bunterschiede? zwischen\b/,
      /^compare[rz]?\b|\bdifferences? entre\b/,
      /^compar[ae]\b|\bdiferencias? (?:entre|hay)\b/,
      /\bdiferencas? entre\b|^confronta\b|\bdifferenz[ae] tra\b|^vergelijk\b|\bverschil(?:len)? tussen\b/,
      /比较|对比|区别|比較|違い/,
    ],
  ],
  [
    'count',
    [
      /^(?:and )?how many\b/,
      /\b(?:what is|what was|what s|give me|calculate|compute) the (?:total|sum|average|mean|median|maximum|minimum|number|count)\b/,
      /\b(?:total|sum|average|number) (?:of|amount|value|cost|sum)\b/,
      /^(?:wie ?viele|wieviele)\b|\b(?:gesamtsumme|gesamtbetrag|summe aller|durchschnitt(?:lich)?|anzahl)\b/,
      /^combien\b|\b(?:le total|la somme|la moyenne|nombre) (?:des?|du)\b/,
      /^¿?(?:cuant[oa]s|cuantos|cuantas)\b|\b(?:la suma|el total|el promedio|numero total) de\b/,
      /^quant[oa]s\b|\ba soma\b|^quant[ie]\b|\bla somma\b|^hoeveel\b|\btotaal\b/,
      /多少[个份家人次条项篇]?|一共|总[数额和共]|平均|合計|いくつ|何[個件人]/,
    ],
  ],
  [
    'list',
    [
      /^(?:please )?(?:list|enumerate|name|give me|show me|what are|which are|tell me) (?:me )?(?:all|every|each|the names of all)\b/,
      /^(?:please )?(?:list|enumerate)\b/,
      /^(?:which|what) (?:documents|files|contracts|reports|invoices|mails|emails|letters|papers)\b/,
      /^(?:bitte )?(?:liste|nenne|zahle)\b.{0,40}\b(?:alle|samtliche|auf)\b|^welche (?:dokumente|dateien|vertrage|berichte|rechnungen|mails)\b/,
      /^(?:liste[rz]?|enumere[rz]?|enumerez|cite[rz]?|donne[rz]?)\b.{0,30}\b(?:tou(?:s|tes)|les)\b|^quels? (?:documents|fichiers|contrats)\b/,
      /^(?:lista|enumera|nombra|dime)\b.{0,30}\b(?:todos|todas|los|las)\b|^¿?que (?:documentos|archivos|contratos)\b/,
      /^(?:liste|enumere)\b.{0,30}\b(?:todos|todas)\b|^elenca\b|^noem alle\b/,
      /列出|列举|所有的|有哪些|一覧|すべて/,
    ],
  ],
  [
    'overview',
    [
      /\b(?:summari[sz]e|summary|overview|gist|tl;?dr|abstract|key points|main points|main ideas|main topics)\b/,
      /^what (?:is|s) (?:this|it|that) (?:all )?about\b|^what is in (?:this|these|the|my) \p{L}{1,20}\b/u,
      /\b(?:fasse?|fass)\b.{0,80}\bzusammen\b|\b(?:zusammenfassung|uberblick|kernaussagen|hauptpunkte)\b|^wo(?:rum|von) (?:geht|handel)/,
      /\b(?:resume[rz]?|resume|apercu|points cles)\b|\bde quoi (?:parle|traite|s agit)\b/,
      /\b(?:resum[ei]|resumen|resume|puntos clave)\b|\bde que (?:trata|habla|se trata)\b/,
      /\b(?:resum[ao]|visao geral|riassumi|riassunto|sintesi|samenvatt)\p{L}{0,5}\b|\bdo que (?:trata|fala)\b|\bdi cosa (?:parla|tratta)\b|\bvat\b.{0,60}\bsamen\b|\bwaar gaat .{1,60} over\b/u,
      /总结|概括|摘要|概述|讲(?:了|的是)?什么|主要内容|要約|まとめて|概要|について何/,
    ],
  ],
];
