/** What the source thread tells its host. */
export type SourceHostMethods = {
  documentsAdded(): void;
  pong(): void;
};
