import { io } from "socket.io-client";
import type { MessageEvent, NoticeEvent, TicketEvent } from "../../api/types";
import { LIVE_EVENTS, type LiveChannel } from "./liveChannel";

export interface DeskSocketHandlers {
  connected(): void;
  disconnected(): void;
  /** The server does not accept the session (any more), or cannot check it. */
  refused(): void;
  ticketFiled(event: TicketEvent): void;
  ticketChanged(event: TicketEvent): void;
  message(event: MessageEvent): void;
  /** A rule calls somebody. */
  notice(event: NoticeEvent): void;
  /** A notice or a message reached nobody. */
  undelivered(): void;
}

const REFUSED_RETRY_MS = 10_000;

/** Listens to the desk's events until the returned function is called. */
export function connectDesk(handlers: DeskSocketHandlers, live: LiveChannel): () => void {
  const socket = io("/desk", {
    forceNew: true,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 10_000,
  });
  let retry: ReturnType<typeof setTimeout> | undefined;
  const retryLater = () => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), REFUSED_RETRY_MS);
  };
  socket.on("connect", handlers.connected);
  socket.on("disconnect", (reason) => {
    handlers.disconnected();
    if (reason === "io server disconnect") retryLater();
  });
  socket.on("connect_error", () => {
    if (socket.active) return;
    handlers.refused();
    retryLater();
  });
  socket.on("ticket.filed", handlers.ticketFiled);
  socket.on("ticket.changed", handlers.ticketChanged);
  socket.on("conversation.message", handlers.message);
  socket.on("notice", handlers.notice);
  socket.on("notice.failed", handlers.undelivered);
  socket.on("delivery.failed", handlers.undelivered);
  for (const name of LIVE_EVENTS) socket.on(name, (event) => live.tell(name, event));
  live.attach((name, data, answered) => {
    if (!socket.connected) return;
    if (answered) socket.emit(name, data, answered);
    else socket.emit(name, data);
  });
  return () => {
    live.attach(null);
    clearTimeout(retry);
    socket.removeAllListeners();
    socket.disconnect();
  };
}
