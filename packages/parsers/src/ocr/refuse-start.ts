import { ParseFailure } from '@lorebox/ports/parser';

/** For code that comes as a binary for each kind of machine, and may be missing for this one. */
export function refuseStart(cause: unknown): never {
  throw new ParseFailure(
    'needs-ocr',
    "This file requires text recognition (OCR), which doesn't run on this server. Run the file through an OCR tool and upload the result.",
    { cause },
  );
}
