import { chatPaneWords } from "../../../messages/live.zh-CN";
import { useSecond } from "../../components/useNow";
import { useTyping } from "../data/liveQueries";
import { useLive } from "../LiveProvider";
import { stillTyping } from "../model/typing";

/** Who is typing now, apart from oneself. */
export function TypingLine({ id }: { id: string }) {
  const { me } = useLive();
  const now = useSecond();
  const typing = stillTyping(useTyping(id), now).filter(
    ({ who, name }) => who !== "agent" || name !== me.display_name,
  );
  const last = typing[typing.length - 1];
  return (
    <div className="live-typing quiet" aria-live="polite" data-testid="live-typing">
      {last &&
        chatPaneWords.typing(
          last.name ?? chatPaneWords[last.who === "agent" ? "someone" : last.who],
        )}
    </div>
  );
}
