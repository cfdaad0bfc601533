import type { Standing } from "../../api/types";
import { chatWords } from "../../messages/chat.zh-CN";

const words = chatWords.standing;

/** Who answers now, if it is not the bot: the person, or the place in the queue. */
export function StandingStrip({ standing }: { standing: Standing }) {
  const { owner, agent_name, position } = standing;
  if (owner === "bot") return null;
  const name = agent_name ?? chatWords.senders.agent;
  return (
    <div className={`banner standing standing-${owner}`} role="status" data-testid="chat-standing">
      <span>{owner === "queue" ? words.queue(position) : words.agent(name)}</span>
    </div>
  );
}
