/** What a session stands on; tests put others in place. */
import type { WebchatApi } from "../../api/webchat";
import type { ConnectChat } from "./socket";
import type { ChatStore } from "./store";

export interface ChatSessionParts {
  api: WebchatApi;
  store: ChatStore;
  connect: ConnectChat;
  newId: () => string;
  now: () => number;
  random: () => number;
  visible: () => boolean;
}
