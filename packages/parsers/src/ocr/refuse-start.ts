import { ParseFailure } from '@lorebox/ports/parser';

/** For code that comes as a binary for each kind of machine, and may be missing for this one. */
export function refuseStart(cause: unknown): never {
  throw new ParseFailure(
    'needs-ocr',
    'This file needs text recognition, which can not run on this machine. Run it through an OCR tool and upload the result.',
    { cause },
  );
}
