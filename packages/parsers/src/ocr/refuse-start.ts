import { ParseFailure } from '@lorebox/ports/parser';

/** Reports a missing native binary, which may not exist for this platform. */
export function refuseStart(cause: unknown): never {
  throw new ParseFailure(
    'needs-ocr',
    "This file requires text recognition (OCR), which doesn't run on this server. Run the file through an OCR tool and upload the result.",
    { cause },
  );
}
