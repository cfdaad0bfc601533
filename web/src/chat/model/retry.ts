/** When to ask again, and what a failed request means for the conversation. Pure. */
import { ApiError, isTemporary } from "../../api/errors";

/**
 * temporary: try again later; lost: the server no longer knows this conversation (or its token);
 * refused: it will never take this request.
 */
export type Failure = "temporary" | "lost" | "refused";

export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof ApiError) || isTemporary(error)) return "temporary";
  return [401, 403, 404, 410].includes(error.status) ? "lost" : "refused";
}

const SOCKETLESS_POLL_MS = 10_000;
const SILENCE_POLL_MS = 8_000;
/** A person may take long to answer; after this the socket alone is trusted. */
const SILENCE_GIVE_UP_MS = 5 * 60_000;

/** A push can get lost, and some networks let no socket through: then we ask. */
export function shouldPoll(state: {
  connected: boolean;
  visible: boolean;
  now: number;
  lastSyncAt: number;
  /** When the customer last spoke without an answer so far. */
  unansweredSince: number | null;
}): boolean {
  if (!state.visible) return false;
  const sinceSync = state.now - state.lastSyncAt;
  if (!state.connected) return sinceSync >= SOCKETLESS_POLL_MS;
  if (state.unansweredSince === null) return false;
  const silence = state.now - state.unansweredSince;
  return silence >= SILENCE_POLL_MS && silence < SILENCE_GIVE_UP_MS && sinceSync >= SILENCE_POLL_MS;
}
