import type { ChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import type { Material } from './material.ts';
import { retrievePassages } from './retrieve-passages.ts';
import type { Turn } from './turn.ts';

/** Collects what the question needs. */
export async function gatherMaterial(
  core: Services,
  turn: Turn,
  model: ChatModel,
  signal: AbortSignal,
): Promise<Material> {
  return retrievePassages(core, turn, model, signal);
}
