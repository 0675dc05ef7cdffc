import { WorkspaceEmbedding } from '@lorebox/contract/embedding';
import { Id } from '@lorebox/contract/ids';
import { PageInput, pageOf } from '@lorebox/contract/page';
import {
  CreateWorkspaceInput,
  Member,
  SetMemberInput,
  UpdateWorkspaceInput,
  Workspace,
  WorkspaceRef,
} from '@lorebox/contract/workspace';
import { getEmbedding } from '@lorebox/core/embeddings/get-embedding';
import { createWorkspace } from '@lorebox/core/workspaces/create-workspace';
import { deleteWorkspace } from '@lorebox/core/workspaces/delete-workspace';
import { getMember } from '@lorebox/core/workspaces/get-member';
import { getWorkspace } from '@lorebox/core/workspaces/get-workspace';
import { listMembers } from '@lorebox/core/workspaces/list-members';
import { listWorkspaces } from '@lorebox/core/workspaces/list-workspaces';
import { removeMember } from '@lorebox/core/workspaces/remove-member';
import { setMember } from '@lorebox/core/workspaces/set-member';
import { updateWorkspace } from '@lorebox/core/workspaces/update-workspace';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['workspaces'];
const MemberRef = z.object({ ...WorkspaceRef.shape, userId: Id });

export const workspacesRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces',
        tags,
        scopes: ['workspaces:write'],
        example: { input: { name: 'Handbook', mode: 'query', topK: 6 } },
        summary: 'Create a workspace',
        status: 201,
      },
    })
    .input(CreateWorkspaceInput)
    .output(Workspace)
    .mutation(({ ctx, input }) => createWorkspace(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}',
        tags,
        scopes: ['workspaces:read'],
        summary: 'Get a workspace by id or slug',
      },
    })
    .input(WorkspaceRef)
    .output(Workspace)
    .query(({ ctx, input }) => getWorkspace(ctx.core, ctx.actor, input.workspace)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces',
        tags,
        scopes: ['workspaces:read'],
        summary: 'List workspaces, newest first',
      },
    })
    .input(PageInput)
    .output(pageOf(Workspace))
    .query(({ ctx, input }) => listWorkspaces(ctx.core, ctx.actor, input)),
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/workspaces/{workspace}',
        tags,
        scopes: ['workspaces:read', 'workspaces:write'],
        example: { input: { instructions: 'Answer in one paragraph.', model: 'ollama:llama3.2' } },
        summary: 'Update a workspace',
      },
    })
    .input(UpdateWorkspaceInput)
    .output(Workspace)
    .mutation(({ ctx, input }) => updateWorkspace(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/workspaces/{workspace}',
        tags,
        scopes: ['workspaces:read', 'workspaces:write'],
        summary: 'Delete a workspace and its contents',
        status: 204,
      },
    })
    .input(WorkspaceRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteWorkspace(ctx.core, ctx.actor, input.workspace);
    }),
  embedding: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/embedding',
        tags,
        scopes: ['workspaces:read'],
        summary: 'Get the embedding status',
      },
    })
    .input(WorkspaceRef)
    .output(WorkspaceEmbedding)
    .query(({ ctx, input }) => getEmbedding(ctx.core, ctx.actor, input.workspace)),
  members: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/members',
        tags,
        scopes: ['workspaces:read'],
        summary: 'List members',
      },
    })
    .input(z.object({ ...WorkspaceRef.shape, ...PageInput.shape }))
    .output(pageOf(Member))
    .query(({ ctx, input }) => listMembers(ctx.core, ctx.actor, input.workspace, input)),
  getMember: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/members/{userId}',
        tags,
        scopes: ['workspaces:read'],
        summary: 'Get a member',
      },
    })
    .input(MemberRef)
    .output(Member)
    .query(({ ctx, input }) => getMember(ctx.core, ctx.actor, input.workspace, input.userId)),
  setMember: procedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/workspaces/{workspace}/members/{userId}',
        tags,
        scopes: ['workspaces:read', 'workspaces:write'],
        example: { input: { role: 'viewer' } },
        summary: 'Add or update a member',
      },
    })
    .input(SetMemberInput)
    .output(Member)
    .mutation(({ ctx, input }) => setMember(ctx.core, ctx.actor, input)),
  removeMember: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/workspaces/{workspace}/members/{userId}',
        tags,
        scopes: ['workspaces:read', 'workspaces:write'],
        summary: 'Remove a member',
        status: 204,
      },
    })
    .input(MemberRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await removeMember(ctx.core, ctx.actor, input.workspace, input.userId);
    }),
});
