import { expect, it } from 'vitest';
import { WorkspaceRoom } from './workspace-room.ts';

it('rejects additions over the limit, and counts again after documents may have been deleted', async () => {
  let now = 0;
  let stored = { documents: 8, bytes: 800 };
  const limits = { documentsPerWorkspace: 10, bytesPerWorkspace: 1000 };
  const room = new WorkspaceRoom({ usage: async () => ({ ...stored }) }, limits, { now: () => now });
  await room.take('a', 1, 100);
  await expect(room.take('a', 2, 0)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  await room.take('a', 1, 200);
  await expect(room.take('a', 1, 1)).rejects.toThrow('LOREBOX_MAX_WORKSPACE_MB');
  stored = { documents: 9, bytes: 900 };
  await room.take('a', 1, 0);
  await expect(room.take('a', 1, 0)).rejects.toThrow('LOREBOX_MAX_DOCUMENTS');
  stored = { documents: 0, bytes: 0 };
  now += 5000;
  await room.take('a', 10, 1000);
});
