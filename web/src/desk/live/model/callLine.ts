import type { Call } from "../../../api/liveTypes";
import { callWords as words } from "../../../messages/live.zh-CN";
import { waitText } from "./words";

/** Who is on a call, and since when. */
export function callLine(call: Call, now: number): string {
  const who = words.standing[call.standing](call.agent_name ?? words.somebody);
  if (call.standing === "ended") return who;
  const seconds = (now - Date.parse(call.since)) / 1_000;
  return words.since(who, waitText(seconds));
}
