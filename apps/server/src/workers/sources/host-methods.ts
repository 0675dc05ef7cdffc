/** Calls from the source thread to its host. */
export type SourceHostMethods = {
  documentsAdded(): void;
  pong(): void;
};
