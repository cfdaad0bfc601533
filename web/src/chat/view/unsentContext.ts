import { createContext } from "react";

/** What can be done with a message that was refused, and with a file on its way. */
export interface UnsentHandlers {
  edit(clientMessageId: string): void;
  discard(clientMessageId: string): void;
  retryUpload(id: string): void;
  discardUpload(id: string): void;
}

const nothing = () => undefined;

export const UnsentContext = createContext<UnsentHandlers>({
  edit: nothing,
  discard: nothing,
  retryUpload: nothing,
  discardUpload: nothing,
});
