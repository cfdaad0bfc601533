/** What somebody may do with a conversation as it stands. Pure; the server decides. */
import type { LiveCard } from "../../../api/liveTypes";

export interface Standing {
  /** Whose it is, seen from here. */
  state: "mine" | "colleague" | "queue" | "bot" | "closed";
  /** Who answers at the moment, where it is a colleague. */
  holder: string | null;
  canWrite: boolean;
  canClaim: boolean;
  canTakeOver: boolean;
  /** Write beside the colleague who has it. */
  canJoin: boolean;
  canLeave: boolean;
  canHandBack: boolean;
  canTransfer: boolean;
  canClose: boolean;
  canReopen: boolean;
  canAssign: boolean;
}

function stateOf(card: LiveCard, me: string): Standing["state"] {
  if (card.closed_at !== null) return "closed";
  if (card.owner !== "agent") return card.owner;
  return card.agent?.username === me ? "mine" : "colleague";
}

export function standing(card: LiveCard, me: string, supervises: boolean): Standing {
  const state = stateOf(card, me);
  const mine = state === "mine";
  const open = state !== "closed";
  const joined = state === "colleague" && card.joined.some((each) => each.username === me);
  return {
    state,
    holder: state === "colleague" ? (card.agent?.display_name ?? null) : null,
    canWrite: mine || joined,
    canClaim: state === "queue",
    canTakeOver: state === "bot" || (supervises && state === "colleague"),
    canJoin: supervises && state === "colleague" && !joined,
    canLeave: joined,
    canHandBack: mine,
    canTransfer: mine || (supervises && open && state !== "bot"),
    canClose: mine || (supervises && open && state !== "bot"),
    canReopen: state === "closed",
    canAssign: supervises && open,
  };
}
