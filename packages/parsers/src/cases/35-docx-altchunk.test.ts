import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('reads a body that is a part in another format', async () => {
  const { text } = await parseCase('35-docx-altchunk', 'report.docx');
  expect(text).toBe('Cover page of the report.\n\nFindings\n\nThe north wall leaks at gate 6.');
});
