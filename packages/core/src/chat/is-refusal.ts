import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';

const MARKERS = /\[\d+\]/g;
const NOISE = /[^\p{L}\p{M}\p{N}']+/gu;
const MAX_EXTRA_WORDS = 15;
const MAX_REFUSAL_SENTENCES = 3;
/** Content words around a refusal, as in "I am sorry." */
const MAX_OTHER_WORDS = 6;
const MIN_SIMILARITY = 0.8;

/** What models say instead of an answer, in lowercase. */
const PHRASES = (
  "i don't know|i do not know|i don't have enough information|i do not have enough information|i don't have any information|i have no information|" +
  "i cannot answer|i can't answer|i could not find|i couldn't find|i cannot find|i can't find|i am unable to answer|i'm unable to answer|" +
  'documents do not contain|documents do not mention|documents do not provide|documents do not say|documents do not answer|documents do not include|' +
  "documents don't contain|documents don't mention|documents don't provide|documents don't say|documents don't answer|documents contain no|" +
  "sources do not contain|sources do not mention|sources do not provide|sources do not say|sources do not answer|sources don't contain|sources don't mention|" +
  "sources don't provide|sources don't say|sources contain no|context does not contain|context does not mention|context does not provide|" +
  'text does not contain|text does not mention|passages do not contain|passages do not mention|there is no information|no information about|' +
  'there is nothing in the documents|not mentioned in the|not found in the documents|not found in the sources|not provided in the|' +
  'ich weiß es nicht|ich weiß nicht|das weiß ich nicht|dokumente enthalten keine|dokumente enthalten nichts|quellen enthalten keine|quellen enthalten nichts|' +
  'quellen geben keine|dokumente geben keine|keine informationen|keine angaben|nicht beantworten|steht nicht in den|' +
  'je ne sais pas|documents ne contiennent|sources ne contiennent|documents ne mentionnent|sources ne mentionnent|aucune information|je ne peux pas répondre|' +
  'no lo sé|no sé la|documentos no contienen|fuentes no contienen|documentos no mencionan|fuentes no mencionan|no hay información|no puedo responder|' +
  'non lo so|documenti non contengono|fonti non contengono|non ci sono informazioni|nessuna informazione|' +
  'não sei|documentos não contêm|fontes não contêm|não há informações|ik weet het niet|documenten bevatten geen|bronnen bevatten geen|geen informatie|' +
  'jag vet inte|dokumenten innehåller ingen|källorna innehåller inte|ingen information|jeg vet ikke|jeg ved det ikke|dokumenterne indeholder ikke|dokumentene inneholder ikke|' +
  'en tiedä|asiakirjat eivät sisällä|nem tudom|dokumentumok nem tartalmaz|nu știu|documentele nu conțin|bilmiyorum|belgelerde bilgi yok|' +
  'я не знаю|документы не содержат|нет информации|в документах нет|я не знаю|документи не містять|немає інформації|документите не съдържат|документи не садрже|' +
  'nežinau|dokumentuose nėra|saya tidak tahu|dokumen tidak berisi|tidak ada informasi|δεν γνωρίζω|δεν ξέρω|έγγραφα δεν περιέχουν|' +
  'لا أعرف|لا أعلم|لا تحتوي المستندات|لا توجد معلومات|मुझे नहीं पता|मैं नहीं जानता|दस्तावेज़ों में नहीं|எனக்குத் தெரியாது|չգիտեմ|níl a fhios agam|' +
  '我不知道|不知道|文档中没有|文件中没有|没有相关信息|無法回答|无法回答|わかりません|分かりません|記載されていません|含まれていません|모르겠습니다|포함되어 있지|ไม่ทราบ|ไม่พบข้อมูล'
).split('|');

/** The answer is the refusal text of the workspace, apart from small differences, or says it in other words around it. */
export function isRefusal(answer: string, refusalText: string): boolean {
  const expected = normalize(refusalText);
  const given = normalize(answer);
  if (expected === '' || given === '') return false;
  if (given === expected) return true;
  const extra = given.split(' ').length - expected.split(' ').length;
  if (extra > MAX_EXTRA_WORDS) return false;
  return given.includes(expected) || areSimilar(given, expected);
}

/** A short answer that says that the documents have none, in words of its own. */
export function isGeneralRefusal(answer: string): boolean {
  const sentences = splitSentences(answer).map(({ start, end }) => answer.slice(start, end));
  if (sentences.length === 0 || sentences.length > MAX_REFUSAL_SENTENCES) return false;
  if (isRefusalSentence(sentences[0] ?? '')) return true;
  const others = sentences.filter((sentence) => !isRefusalSentence(sentence));
  return others.length < sentences.length && contentWords(others.join(' ')).length <= MAX_OTHER_WORDS;
}

export function isRefusalSentence(sentence: string): boolean {
  const text = sentence.toLowerCase().replaceAll('’', "'");
  return PHRASES.some((phrase) => text.includes(phrase));
}

function normalize(text: string): string {
  return text
    .replace(MARKERS, ' ')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'s\b/g, ' is')
    .replace(NOISE, ' ')
    .trim();
}

function areSimilar(a: string, b: string): boolean {
  const [wordsA, wordsB] = [contentWords(a), contentWords(b)];
  return Math.min(overlap(wordsA, new Set(wordsB)), overlap(wordsB, new Set(wordsA))) >= MIN_SIMILARITY;
}
