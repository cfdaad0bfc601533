import { io } from "socket.io-client";
import type { MessageEvent, OwnerEvent, SeenEvent, TypingEvent } from "../../api/types";
import type { Credentials } from "../../api/webchat";

export interface ChatSocketHandlers {
  connected(): void;
  disconnected(): void;
  /** The server refuses this conversation or sent us away; the socket will not try again itself. */
  refused(): void;
  message(event: MessageEvent): void;
  typing(event: TypingEvent): void;
  seen(event: SeenEvent): void;
  owner(event: OwnerEvent): void;
}

export interface ChatSocket {
  /** Tries again after a refusal. */
  reconnect(): void;
  /** Tells the other side, if anybody is connected; nothing is lost if not. */
  say(event: "typing", data: { active: boolean }): void;
  say(event: "seen", data: { seq: number }): void;
  close(): void;
}

export type ConnectChat = (credentials: Credentials, handlers: ChatSocketHandlers) => ChatSocket;

export const connectChat: ConnectChat = (credentials, handlers) => {
  const socket = io("/chat", {
    auth: { conversation_id: credentials.conversationId, token: credentials.token },
    forceNew: true,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 10_000,
  });
  socket.on("connect", handlers.connected);
  socket.on("disconnect", (reason) => {
    handlers.disconnected();
    if (reason === "io server disconnect") handlers.refused();
  });
  socket.on("connect_error", () => {
    if (!socket.active) handlers.refused();
  });
  socket.on("message", handlers.message);
  socket.on("typing", handlers.typing);
  socket.on("seen", handlers.seen);
  socket.on("owner", handlers.owner);
  return {
    reconnect: () => socket.connect(),
    say: (event, data) => socket.volatile.emit(event, data),
    close: () => {
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
};
