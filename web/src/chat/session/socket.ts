import { io } from "socket.io-client";
import type { MessageEvent, TypingEvent } from "../../api/types";
import type { Credentials } from "../../api/webchat";

export interface ChatSocketHandlers {
  connected(): void;
  disconnected(): void;
  /** The server refuses this conversation or sent us away; the socket will not try again itself. */
  refused(): void;
  message(event: MessageEvent): void;
  typing(event: TypingEvent): void;
}

export interface ChatSocket {
  /** Tries again after a refusal. */
  reconnect(): void;
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
  return {
    reconnect: () => socket.connect(),
    close: () => {
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
};
