import { createContext } from "react";

/** What can be done with a message that was refused. */
export interface UnsentHandlers {
  edit(clientMessageId: string): void;
  discard(clientMessageId: string): void;
}

export const UnsentContext = createContext<UnsentHandlers>({
  edit: () => undefined,
  discard: () => undefined,
});
