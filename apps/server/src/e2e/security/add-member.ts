import { Lorebox } from '@lorebox/sdk';

const PASSWORD = 'long enough for all';

/** Creates a user with a role in one workspace and signs them in. */
export async function addMember(
  admin: Lorebox,
  baseUrl: string,
  workspace: string,
  username: string,
  role: 'owner' | 'viewer',
) {
  const { id } = await admin.users.create({ username, password: PASSWORD });
  await admin.workspaces.setMember(workspace, id, role);
  const { sessionToken } = await admin.auth.login({ username, password: PASSWORD });
  return new Lorebox({ baseUrl, apiKey: sessionToken });
}
