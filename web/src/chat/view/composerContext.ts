import { createContext } from "react";

/** What the composer does beside writing. */
export interface ComposerHandlers {
  addFiles(files: readonly File[]): void;
}

export const ComposerContext = createContext<ComposerHandlers>({ addFiles: () => undefined });
