/**
 * When parts of a recording's text are said, in order: offset of the part's start in the stored text (UTF-16 code
 * units), then its start and its end in seconds. A part reaches to the start of the next.
 */
export type SpeechTimes = readonly (readonly [offset: number, startTime: number, endTime: number])[];
