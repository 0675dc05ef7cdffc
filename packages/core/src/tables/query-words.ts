import { foldQuestion } from '../reading/fold-question.ts';

export type TableFunction = 'count' | 'sum' | 'average' | 'min' | 'max';

/** Phrases by function, folded. Longer phrases come first. */
const PHRASES: Record<TableFunction, string> = {
  count:
    'total number of,total number,the number of,number of,how many,count,wie viele,wieviele,gesamtzahl,anzahl,combien de,combien d,nombre total de,nombre de,nombre d,numero total de,numero de,cuantos,cuantas,quantos,quantas,多少个,多少条,多少家,多少人,有多少,多少,几个,数量',
  sum: 'in total,total sum,sum total,altogether,how much,total,totals,sum,gesamtsumme,gesamtbetrag,summe,gesamt,gesamten,gesamte,insgesamt,wie viel,wieviel,somme,totale,totaux,suma,cuanto,总金额,总额,总和,总计,合计,总共,一共',
  average:
    'average,mean,avg,durchschnitt,durchschnittliche,durchschnittlicher,durchschnittlichen,durchschnittlich,mittelwert,moyenne,moyen,promedio,media,平均值,平均',
  max: 'the most,most,die meisten,meisten,highest,maximum,max,largest,biggest,greatest,höchste,höchsten,höchster,höchstes,größte,größten,größter,größtes,maximale,maximal,le plus élevé,la plus élevée,plus élevé,plus élevée,plus grand,plus grande,le plus,máximo,máxima,más alto,más alta,mayor,最高,最大,最多',
  min: 'the fewest,fewest,die wenigsten,wenigsten,lowest,minimum,min,smallest,cheapest,niedrigste,niedrigsten,niedrigster,niedrigstes,kleinste,kleinsten,kleinster,geringste,minimale,minimal,le plus bas,la plus basse,plus bas,plus basse,plus petit,plus faible,mínimo,mínima,más bajo,más baja,menor,最低,最小,最少',
};

export const FUNCTION_PHRASES: readonly (readonly [TableFunction, readonly string[]])[] = (
  ['count', 'sum', 'average', 'min', 'max'] as const
).map((name) => [name, PHRASES[name].split(',')]);

/** Phrases that only look like those of a function. */
export const NEUTRAL_PHRASES: readonly string[] = ['是多少', '为多少'];

/** Words that change which rows are meant. Questions with them need more than equality filters. */
export const BLOCKING = new Set(
  (
    'not no without except excluding excluded than other others before after since until between over under above below ' +
    'median difference compare percent percentage share ratio growth change nicht ohne außer kein keine keinen mehr weniger über unter zwischen seit vor ' +
    'ab bis pas sans sauf moins avant apres depuis entre sin excepto menos antes despues desde nor neither least'
  )
    .split(' ')
    .map(foldQuestion),
);
export const BLOCKING_CHARACTERS = /[不没非除未超]|以上|以下|之前|之后/;

/** Words that need no match in the table. */
export const GENERIC = new Set(
  (
    'what whats is are was were the a an of in on for from with to at by and or their its his her them there this that these those it all any each every per ' +
    'i we you me my our us please can could do does did have has had give tell show calculate compute find get know want need would like list name which who whose where how much many s ' +
    'table tables column columns row rows sheet sheets file files document documents data dataset spreadsheet csv excel value values entry entries record records item ' +
    'items together different distinct unique ' +
    'was ist sind war waren der die das den dem des ein eine einer eines im in am an auf aus von vom für mit und oder zu zur zum es gibt hat haben wir ich uns welche welcher welches welchen wer wie viel viele hoch groß lautet beträgt betragen bitte nenne zeige berechne alle aller tabelle spalte zeile zeilen blatt datei werte wert je pro nach jede jeder jedes jedem ' +
    'quel quelle quels quelles est sont était le la les l un une des du de d dans pour par sur avec et ou à au aux qui que il y a t on combien tous toutes tout tableau colonne ligne lignes feuille fichier valeur chaque ' +
    'cual cuales es son era el los las un una unos de del en para por con y o a al que quien hay tiene tienen todos todas tabla columna fila filas hoja archivo valor cada cuanto ' +
    '的 是 在 了 和 与 有 吗 呢 里 中 表 格 列 行 请 问 哪 个 些 什 么 这 那 所 每 按 来 自 一 共 总'
  )
    .split(' ')
    .map(foldQuestion),
);
/** Verbs that belong to any table. They are no filter unless a cell contains them. */
export const NEUTRAL_VERBS = new Set(
  'listed recorded contained contain contains sold made spent earned ordered placed win wins won score scored'.split(
    ' ',
  ),
);
/** Words for any amount of money or quantity, if the question names no column. */
export const AMOUNT_WORDS = new Set(
  'amount amounts value sum total cost worth money betrag betrage summe montant montants importe monto 金 额'.split(
    ' ',
  ),
);
/** Headers of the column that is meant by "the total". */
export const AMOUNT_HEADERS = new Set(
  'amount,total,total amount,line total,grand total,total price,sum,value,betrag,gesamtbetrag,gesamt,gesamtpreis,summe,montant,montant total,importe,importe total,monto,金额,总额,总价,合计'.split(
    ',',
  ),
);
/** Words in headers of numbers that can't be added. */
export const IDENTIFIER_WORDS = new Set(
  'id ids no nr number num nummer numero code key zip plz postcode phone tel fax year jahr annee ano anno index position pos year rank #'.split(
    ' ',
  ),
);
/** "All teams" is no filter. */
export const ALL_WORDS = new Set('all alle aller allen tous toutes todos todas 所 有'.split(' '));
export const GROUP_WORDS = new Set(
  'per by each every je pro nach par por cada chaque jede jedem jeder jedes 每 按'.split(' '),
);
export const ROW_WORDS = new Set(
  'row rows entry entries record records line lines zeile zeilen eintrage eintrag ligne lignes fila filas registros'.split(
    ' ',
  ),
);
