/** Names of the months in the shipped languages, long and short, alone and next to a day, as Intl has them. */
const NAMES: readonly string[] = [
  'يناير януари januar jan ιανουαρίου ιαν january enero ene tammikuu tammikuuta tammi janvier janv eanáir ean जनवरी január հունվար հունվարի հնվ januari gennaio gen sausis sausio janeiro ianuarie ian январь января янв јануар јан ஜனவரி ocak oca січень січня січ',
  'فبراير февруари februar feb φεβρουαρίου φεβ february febrero helmikuu helmikuuta helmi février févr feabhra feabh फ़रवरी február febr փետրվար փետրվարի փտվ februari febbraio vasaris vasario फेब्रुअरी fevereiro fev februarie февраль февраля февр фебруар феб பிப்ரவரி பிப் şubat şub лютий лютого лют',
  'مارس март marts mar märz mär μαρτίου μαρ march marzo maaliskuu maaliskuuta maalis mars márta मार्च március márc մարտ մարտի մրտ maret kovas kovo maart mrt março martie марта мар மார்ச் மார் mart березень березня бер',
  'أبريل април april apr απριλίου απρ abril abr huhtikuu huhtikuuta huhti avril avr aibreán aib अप्रैल április ápr ապրիլ ապրիլի ապր aprile balandis balandžio अप्रिल aprilie апрель апреля апр ஏப்ரல் ஏப் nisan nis квітень квітня квіт',
  'مايو май maj mai μαΐου μαΐ may mayo toukokuu toukokuuta touko bealtaine beal május máj մայիս մայիսի մյս mei maggio mag gegužė gegužės maio мая мај mayıs травень травня трав',
  'يونيو юни juni jun ιουνίου ιουν june junio kesäkuu kesäkuuta kesä juin meitheamh meith जून június jún հունիս հունիսի հնս giugno giu birželis birželio जुन junho iunie iun июнь июня июн јун ஜூன் haziran haz червень червня черв',
  'يوليو юли juli jul ιουλίου ιουλ july julio heinäkuu heinäkuuta heinä juillet juil iúil जुलाई július júl հուլիս հուլիսի հլս luglio lug liepa liepos julho iulie iul июль июля июл јул ஜூலை temmuz tem липень липня лип',
  'أغسطس август august aug αυγούστου αυγ agosto ago elokuu elokuuta elo août lúnasa lún अगस्त augusztus օգոստոս օգոստոսի օգս agustus agu rugpjūtis rugpjūčio अगस्ट augustus августа авг augusti ஆகஸ்ட் ağustos ağu серпень серпня серп',
  'سبتمبر септември september sep sept σεπτεμβρίου σεπ septiembre syyskuu syyskuuta syys septembre mfómh सितंबर szeptember szept սեպտեմբեր սեպտեմբերի սեպ settembre set rugsėjis rugsėjo सेप्टेम्बर setembro septembrie сентябрь сентября сент септембар сеп செப்டம்பர் செப் eylül eyl вересень вересня вер',
  'أكتوبر октомври oktober okt οκτωβρίου οκτ october oct octubre lokakuu lokakuuta loka octobre dfómh अक्टूबर október հոկտեմբեր հոկտեմբերի հոկ ottobre ott spalis spalio अक्टोबर outubro out octombrie октябрь октября окт октобар அக்டோபர் அக் ekim eki жовтень жовтня жовт',
  'نوفمبر ноември november nov νοεμβρίου νοε noviembre marraskuu marraskuuta marras novembre samhain samh नवंबर նոյեմբեր նոյեմբերի նոյ lapkritis lapkričio नोभेम्बर novembro noiembrie ноябрь ноября нояб новембар нов நவம்பர் kasım kas листопад листопада лист',
  'ديسمبر декември december dec dezember dez δεκεμβρίου δεκ diciembre dic joulukuu joulukuuta joulu décembre déc nollaig noll दिसंबर դեկտեմբեր դեկտեմբերի դեկ desember des dicembre gruodis gruodžio डिसेम्बर dezembro decembrie декабрь декабря дек децембар дец டிசம்பர் டிச aralık ara грудень грудня груд',
];

const MONTHS = new Map(NAMES.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)));

/** The number of a month from 1 to 12. Undefined if the word isn't the name of a month. */
export function monthOf(word: string): number | undefined {
  return MONTHS.get(word.toLowerCase());
}
