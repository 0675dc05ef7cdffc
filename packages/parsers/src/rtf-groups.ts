import type { DocumentBuilder } from './document-builder.ts';

/** Formats and destination of a group, which the groups in it inherit. */
export interface Group {
  destination: string;
  skipped: boolean;
  hidden: boolean;
  position: 'super' | 'sub' | undefined;
  codePage: string;
  unicodeSkip: number;
}

export const PLAIN: Group = {
  destination: '',
  skipped: false,
  hidden: false,
  position: undefined,
  codePage: 'windows-1252',
  unicodeSkip: 1,
};
/** Groups whose text is taken out of the paragraph. */
export const ASIDE = /^(footnote|annotation|header|footer|title|author|subject|keywords|company|fldinst|ffl)$/;
/** Optional groups that are read. Others may be anything. */
export const READ_OPTIONAL = /^(shppict|shptxt|shpinst|ud|annotation|pn|pntext|listtext|fldinst|formfield|ffl)$/;
/** Groups of a form field and of the document's information that say nothing. */
export const SKIPPED_DETAILS =
  /^(upr|ffname|ffdeftext|ffformat|ffhelptext|ffstattext|ffentrymcr|ffexitmcr|creatim|revtim|printim|buptim|doccomm|hlinkbase|manager|category)$/;

export function warnOfLeftOut(document: DocumentBuilder, hidden: number, deleted: number): void {
  const passages = hidden === 1 ? '1 passage' : `${hidden} passages`;
  if (hidden > 0) document.warn(`Hidden text left out (${passages}). Unhide to include.`);
  const deletions = deleted === 1 ? '1 tracked deletion' : `${deleted} tracked deletions`;
  if (deleted > 0) document.warn(`${deletions} left out. Insertions are in the text.`);
}
