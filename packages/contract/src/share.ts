import { z } from 'zod';
import { CitedSentence, UnsupportedSentence } from './chat.ts';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { WorkspaceRef } from './workspace.ts';

/** A link with which everyone can read a thread, without an account. */
export const Share = z
  .object({
    id: Id.describe('Id of the share link.'),
    threadId: Id,
    sharedBy: z
      .string()
      .nullable()
      .describe('Username of the user who created the link. Null for API keys of the installation.'),
    createdAt: z.date(),
    expiresAt: z.date().nullable().describe('Time when the link stops working. Null: it works until it is revoked.'),
    views: z.number().int().describe('Number of times the link was opened.'),
  })
  .meta({ id: 'Share' });
export type Share = z.infer<typeof Share>;

export const CreatedShare = Share.extend({
  token: z.string().describe('Secret of the link. Shown only once.'),
  url: z.string().describe('Path of the page with the thread on this server.'),
}).meta({ id: 'CreatedShare' });
export type CreatedShare = z.infer<typeof CreatedShare>;

export const CreateShareInput = z.object({
  threadId: Id,
  expiresAt: z
    .date()
    .nullable()
    .optional()
    .describe('Time when the link stops working. Omitted or null: it works until it is revoked.'),
});
export type CreateShareInput = z.infer<typeof CreateShareInput>;

export const ListSharesInput = z.object({
  threadId: Id.optional().describe('Only links to this thread.'),
  workspace: WorkspaceRef.shape.workspace
    .optional()
    .describe('Only links to threads of this workspace. Its owners see those of all members.'),
  ...PageInput.shape,
});
export type ListSharesInput = z.infer<typeof ListSharesInput>;

/** What an answer was taken from, without access to the document. */
export const SharedCitation = z
  .object({
    n: z.number().int().min(1).describe('Number that the answer cites it by.'),
    title: z.string().describe('Title of the document.'),
    page: z.number().int().nullable().describe('Page, from 1. Null for documents without pages.'),
    startTime: z.number().nullable().describe('Position in the recording in seconds. Null for other documents.'),
    section: z.string().nullable().describe('Headings above the text, joined by " > ". Null if there are none.'),
    text: z.string().describe('The cited text.'),
    sentences: z.array(CitedSentence).describe('Sentences of the answer that it supports, in order.'),
  })
  .meta({ id: 'SharedCitation' });
export type SharedCitation = z.infer<typeof SharedCitation>;

export const SharedMessage = z
  .object({
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    citations: z.array(SharedCitation),
    unsupported: z.array(UnsupportedSentence),
    createdAt: z.date(),
  })
  .meta({ id: 'SharedMessage' });
export type SharedMessage = z.infer<typeof SharedMessage>;

/** A thread as everyone with the link sees it. */
export const SharedThread = z
  .object({
    title: z.string(),
    sharedBy: z
      .string()
      .nullable()
      .describe('Username of the user who shares the thread. Null for API keys of the installation.'),
    createdAt: z.date().describe('Time when the thread was created.'),
    messages: z.array(SharedMessage).describe('The newest 1,000 finished messages, oldest first.'),
  })
  .meta({ id: 'SharedThread' });
export type SharedThread = z.infer<typeof SharedThread>;
