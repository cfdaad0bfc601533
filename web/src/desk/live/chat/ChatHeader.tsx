import { ArrowLeftOutlined, IdcardOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import type { ReactNode } from "react";
import { listsApi } from "../../../api/lists";
import type { LiveDetail } from "../../../api/liveTypes";
import { channelLabels } from "../../../messages/labels.zh-CN";
import { chatPaneWords, liveListWords, liveWords } from "../../../messages/live.zh-CN";
import { labelOf } from "../../../shared/labels";
import { useSecond } from "../../components/useNow";
import { chatCustomerKey } from "../../customers/customerQueries";
import { RevealButton } from "../../reveal/RevealButton";
import { numbersRevealed } from "../data/liveUpdates";
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

/** Numbers in the conversation are hidden until somebody needs them; who has it needs no reason. */
function Reveal({ id }: { id: string }) {
  const client = useQueryClient();
  const onRevealed = () => {
    void client.invalidateQueries({ queryKey: chatCustomerKey(id) });
    numbersRevealed(client, id);
  };
  return (
    <span data-testid="live-reveal">
      <RevealButton
        reveal={(reason) => listsApi.revealInChat(id, reason)}
        onRevealed={onRevealed}
      />
    </span>
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
        <Holder conversation={conversation} may={may} />
        {!conversation.revealed && <Reveal id={conversation.id} />}
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
