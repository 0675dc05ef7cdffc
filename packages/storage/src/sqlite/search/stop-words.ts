import { LANGUAGES, type Language } from '@lorebox/contract/language';

/** Words that occur in every text of a language and rarely in other languages. */
const FUNCTION_WORDS: Partial<Record<Language, string>> = {
  en: 'the of and to in is that for it as was with be by on not he his but at are this have from or had they which were their has been there who if would about into than them can could these',
  de: 'der die das und ist nicht ein eine einer eines einem den dem des im zu mit auf für von sich als auch es an werden aus er hat dass sie nach wird bei um am sind noch wie einem über zum war haben nur oder aber vor zur bis mehr durch man wurde sein wenn',
  es: 'de la que el en y los del se las por un para con no una su al lo como más pero sus le ya fue este ha sí porque esta entre cuando muy sin sobre también me hasta hay donde desde todo nos durante ser',
  fr: 'de la le et les des en un du une que est pour qui dans par pas sur au plus ne se avec il ce son sont cette aux ou mais ont été ses comme leur elle ces nous fut être était même sans entre',
  it: 'di che e la il un per in del è una con non si da le dei della nel al sono come alla ha più gli anche dal lo su se ma delle degli questo ed nella tra stato essere suo loro fu era sua',
  nl: 'de van een het en in is dat op te voor met zijn die niet aan er om ook als door bij naar was uit maar nog over worden wordt werd hij heeft tot hebben ze deze dan zich dit kan meer geen onder',
  pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está também só pelo pela até isso entre era são',
  ro: 'de și în a la cu pe din nu că este un se o pentru care mai au fost fi ca prin sau după sunt până dar fost lui ale acest această între era unei unui către fiind cel cea',
  tr: 've bir bu için ile de da olarak olan daha çok en gibi kadar ancak sonra olduğu ise ya ne her veya tarafından büyük bir yıl olmuştur içinde göre arasında ilk iki değil oldu üzere',
  sv: 'och i att det som en på är av för med till den han var ett om de inte från men har vid så när under också sin hade eller blev efter kan mot detta mellan genom än denna då över där år',
  da: 'og i at det som en på er af for med til den han var et om de ikke fra men har ved så når under også sin havde eller blev efter kan mod dette mellem gennem end denne da over der år blandt',
  no: 'og i at det som en på er av for med til den han var et om de ikke fra men har ved så når under også sin hadde eller ble etter kan mot dette mellom gjennom enn denne da over der år blant etter være',
  fi: 'ja on ei että se oli hän joka mutta myös kun ovat sen olla kuin hänen tai jotka niin mukaan sekä jonka noin vuonna kanssa jälkeen ollut olivat ennen tämä voi vain jossa siitä',
  hu: 'a az és hogy nem is egy ez volt meg csak mint de el már még ki vagy azt ha minden van lett aki amely illetve szerint után között azonban által ezt így mely pedig',
  id: 'yang dan di dari dengan untuk pada ini dalam adalah itu tidak oleh sebagai juga akan ke atau mereka telah karena dapat bahwa ada ia lebih antara saat tahun serta menjadi tersebut',
  lt: 'ir yra kad į iš su kaip bet buvo ne už tai jo po prie o ar tik iki nuo jis kuris dėl pagal taip jau dar labai buvo',
  ga: 'agus an na ar le go is bhí sé sa leis ag do i a den mar ach nach ina sí tá ón bhfuil seo siad chuig',
};

/** English words without meaning for search. Dropped from questions that have other words. */
const ENGLISH_STOP_WORDS = new Set(
  (
    'a about an and any are as at be been but by can could did do does for from had has have how i if in into is it ' +
    'its me my no not of on or our shall should so some such than that the their them then there these they this to ' +
    'was we were what when where which who whom why will with would you your'
  ).split(' '),
);

/** The languages of each word. */
const LANGUAGES_OF = new Map<string, Language[]>();
for (const language of LANGUAGES) {
  for (const word of FUNCTION_WORDS[language]?.split(' ') ?? [])
    LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
}

export function languagesOfWord(word: string): readonly Language[] {
  return LANGUAGES_OF.get(word) ?? [];
}

/**
 * Returns whether a word has no meaning in a question: in English, regardless of the languages of the texts, or in one
 * of these languages.
 */
export function isStopWord(word: string, languages: readonly Language[]): boolean {
  if (ENGLISH_STOP_WORDS.has(word)) return true;
  return languagesOfWord(word).some((language) => language !== 'en' && languages.includes(language));
}
