import { ArrowLeftOutlined, IdcardOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import type { ReactNode } from "react";
import type { LiveDetail } from "../../../api/liveTypes";
import { channelLabels } from "../../../messages/labels.zh-CN";
import { callLabels, chatPaneWords, liveListWords, liveWords } from "../../../messages/live.zh-CN";
import { labelOf } from "../../../shared/labels";
import { useSecond } from "../../components/useNow";
import { useCall } from "../data/liveQueries";
import { isHazard, waitedSeconds, waitTone } from "../model/cards";
import type { Standing } from "../model/standing";
import { customerName, waitText } from "../model/words";

function Holder({ conversation, may }: { conversation: LiveDetail; may: Standing }) {
  const waited = waitedSeconds(conversation, useSecond());
  const words = chatPaneWords;
  if (waited !== null) {
    return (
      <span className={`tone-${waitTone(waited)}`}>{liveListWords.waiting(waitText(waited))}</span>
    );
  }
  const names = { mine: words.me, colleague: may.holder ?? words.someone, bot: words.bot };
  if (may.state === "closed" || may.state === "queue") return null;
  return <Tag color={may.state === "mine" ? "green" : undefined}>{names[may.state]}</Tag>;
}

function Call({ id }: { id: string }) {
  const state = useCall(id);
  if (state === null) return null;
  return (
    <Tag color={state === "ended" ? undefined : "blue"} data-testid="live-call">
      {labelOf(callLabels, state)}
    </Tag>
  );
}

interface ChatHeaderProps {
  conversation: LiveDetail;
  may: Standing;
  /** On a phone one part is seen at a time. */
  narrow: boolean;
  children: ReactNode;
  onBack(): void;
  onSide(): void;
}

/** Who the customer is, who answers, and what can be done. */
export function ChatHeader(props: ChatHeaderProps) {
  const { conversation, may, narrow, children, onBack, onSide } = props;
  const watchers = conversation.watchers
    .filter((each) => each.username !== conversation.agent?.username)
    .map((each) => each.display_name);
  return (
    <header className="live-chat-head">
      {narrow && (
        <Button
          type="text"
          size="small"
          icon={<ArrowLeftOutlined />}
          aria-label={liveWords.back}
          data-testid="live-back"
          onClick={onBack}
        />
      )}
      <div className="live-chat-who">
        <h2 className="live-chat-name" data-testid="live-name">
          {customerName(conversation)}
        </h2>
        <span className="quiet">{labelOf(channelLabels, conversation.channel)}</span>
        {isHazard(conversation) && (
          <Tag color="red" variant="solid">
            {liveListWords.hazard}
          </Tag>
        )}
        <Call id={conversation.id} />
        <Holder conversation={conversation} may={may} />
        {watchers.length > 0 && (
          <span className="quiet live-watchers">{chatPaneWords.watchers(watchers.join(" "))}</span>
        )}
      </div>
      {children}
      <Button
        type="text"
        size="small"
        icon={<IdcardOutlined />}
        aria-label={liveWords.openSide}
        title={liveWords.openSide}
        data-testid="live-side-toggle"
        onClick={onSide}
      />
    </header>
  );
}
