import { ArrowDownOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { LiveDetail, Stretch } from "../../../api/liveTypes";
import type { Message } from "../../../api/types";
import { chatPaneWords } from "../../../messages/live.zh-CN";
import type { MessageLog } from "../../../shared/messageLog";
import type { Outbox } from "../../../shared/outbox";
import { supervises } from "../../session/roles";
import { useLive } from "../LiveProvider";
import { type ChatItem, chatItems, seenUpTo } from "../model/chatItems";
import { standing } from "../model/standing";
import { MessageLine, NoteLine, StretchLine, UnsentLine } from "./MessageLine";

const NEAR_PX = 80;

/** What the bot has had from the beginning is on record only once somebody else took over. */
function stretchesOf(conversation: LiveDetail): Stretch[] {
  if (conversation.stretches.length > 0) return conversation.stretches;
  const { started_at } = conversation;
  const nobody = { agent: null, group: null, note: null, ended_at: null };
  return [{ ...nobody, owner: "bot", reason: "began", from_seq: 1, started_at }];
}

function toEnd(list: RefObject<HTMLElement | null>): void {
  if (list.current) list.current.scrollTop = list.current.scrollHeight;
}

/** Follows the newest words as long as the reader is there; says when there are some below. */
function useFollowing(list: RefObject<HTMLElement | null>, count: number) {
  const [following, setFollowing] = useState(true);
  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: count is what it follows
  useLayoutEffect(() => {
    if (following) toEnd(list);
  }, [count, following]);
  // the composer grows, pictures load: the end stays the end
  useEffect(() => {
    const element = list.current;
    if (!element || !following) return undefined;
    const observer = new ResizeObserver(() => toEnd(list));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [list, following]);
  return { following, toEnd: () => toEnd(list), onScroll };
}

/** For words that the customer never got; none for whoever may not write to them. */
function useSayAgain(conversation: LiveDetail): ((message: Message) => void) | null {
  const { me, outboxes } = useLive();
  const { id } = conversation;
  const { canWrite } = standing(conversation, me.username, supervises(me.role));
  const sayAgain = useCallback(
    ({ text, attachments }: Message) => outboxes.of(id).add(text, attachments),
    [outboxes, id],
  );
  return canWrite ? sayAgain : null;
}

interface MessageListProps {
  conversation: LiveDetail;
  log: MessageLog | undefined;
  outbox: Outbox;
  onAgain(id: string): void;
  onEdit(id: string): void;
  onDiscard(id: string): void;
}

/** The conversation as it went: words, changes of hand, notes, and what is on its way. */
export function MessageList(props: MessageListProps) {
  const { conversation, log, outbox } = props;
  const list = useRef<HTMLDivElement>(null);
  const messages = log?.messages;
  const items = useMemo(
    () =>
      chatItems({
        messages: messages ?? [],
        notes: conversation.notes,
        stretches: stretchesOf(conversation),
        outbox,
        undelivered: conversation.undelivered,
      }),
    [messages, conversation, outbox],
  );
  const { following, toEnd, onScroll } = useFollowing(list, items.length);
  const seen = seenUpTo(messages ?? [], conversation.customer_seen_seq, conversation.undelivered);
  const sayAgain = useSayAgain(conversation);

  const draw = (item: ChatItem) => {
    if (item.type === "note") return <NoteLine key={item.key} note={item.note} />;
    if (item.type === "stretches") return <StretchLine key={item.key} stretches={item.stretches} />;
    if (item.type === "unsent") return <UnsentLine key={item.key} {...props} item={item.item} />;
    const { key, type: _, ...line } = item;
    const isSeen = line.message.seq === seen;
    return <MessageLine key={key} {...line} seen={isSeen} onSayAgain={sayAgain} />;
  };

  return (
    <div className="live-messages-frame">
      <div
        className="live-messages"
        ref={list}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by keyboard
        tabIndex={0}
        role="log"
        aria-label={chatPaneWords.messages}
      >
        {log ? (
          <ol className="live-lines" data-testid="live-messages">
            {items.map(draw)}
          </ol>
        ) : (
          <Skeleton active className="live-skeleton" paragraph={{ rows: 6 }} />
        )}
      </div>
      {!following && (
        <Button size="small" className="live-newer" icon={<ArrowDownOutlined />} onClick={toEnd}>
          {chatPaneWords.newer}
        </Button>
      )}
    </div>
  );
}
