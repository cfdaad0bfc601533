/** What the server says over the socket, taken into what the page shows. */
import type { ChatState } from "./ChatState";
import type { ChatSocketHandlers } from "./socket";

type OfTheSession = Pick<ChatSocketHandlers, "connected" | "disconnected" | "refused" | "message">;

/** Handlers that hear of one conversation only; news of another may still be under way. */
export function hearing(
  conversationId: string,
  state: ChatState,
  session: OfTheSession,
): ChatSocketHandlers {
  const ours = (event: { conversation_id: string }) => event.conversation_id === conversationId;
  return {
    ...session,
    disconnected: () => {
      session.disconnected();
      state.setTyping(null);
    },
    message: (event) => {
      if (ours(event)) session.message(event);
    },
    typing: (event) => {
      if (ours(event)) state.setTyping(event.active ? (event.who ?? "bot") : null);
    },
    seen: (event) => {
      if (ours(event) && event.by === "agent") state.setAgentSeen(event.seq);
    },
    owner: (event) => {
      if (ours(event)) state.setStanding(event);
    },
  };
}
