/**
 * Timestamps of the parts of a recording, in order: offset of the part in the stored text (UTF-16 code units), start in
 * seconds, end in seconds. A part extends to the start of the next one.
 */
export type SpeechTimes = readonly (readonly [offset: number, startTime: number, endTime: number])[];
