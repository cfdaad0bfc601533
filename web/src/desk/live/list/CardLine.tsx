import { PhoneOutlined, WechatOutlined } from "@ant-design/icons";
import { Badge, Tag } from "antd";
import { Link } from "react-router";
import type { LiveCard } from "../../../api/liveTypes";
import { channelLabels, kindLabels, senderLabels } from "../../../messages/labels.zh-CN";
import { handReasonLabels, liveListWords } from "../../../messages/live.zh-CN";
import { labelOf } from "../../../shared/labels";
import { formatRelative } from "../../../shared/time";
import { useNow, useSecond } from "../../components/useNow";
import { useLive } from "../LiveProvider";
import { isHazard, waitedSeconds, waitTone } from "../model/cards";
import { attachmentName, customerName, waitText } from "../model/words";

const ICONS: Readonly<Record<string, React.ReactNode>> = {
  phone: <PhoneOutlined />,
  wechat: <WechatOutlined />,
  kf: <WechatOutlined />,
};

function Waited({ card }: { card: LiveCard }) {
  const seconds = waitedSeconds(card, useSecond());
  if (seconds === null) return null;
  return <span className={`tone-${waitTone(seconds)} live-wait`}>{waitText(seconds)}</span>;
}

function Since({ card }: { card: LiveCard }) {
  const now = useNow();
  return <span className="quiet">{formatRelative(card.updated_at, now)}</span>;
}

function LastWords({ card }: { card: LiveCard }) {
  const last = card.last_messages[card.last_messages.length - 1];
  if (!last) return <span>{liveListWords.noWords}</span>;
  const [attached] = last.attachments;
  const text = last.text || (attached ? attachmentName(attached) : "");
  const from =
    last.sender === "customer" ? "" : liveListWords.by(labelOf(senderLabels, last.sender));
  return <span>{`${from}${text}`}</span>;
}

/** What the bot understood, or why a person is wanted. */
function Matter({ card }: { card: LiveCard }) {
  const { me } = useLive();
  const { understanding, handover_reason: reason, owner } = card;
  const kind = understanding?.kind;
  const danger = isHazard(card) || reason === "hazard";
  return (
    <div className="live-line-matter">
      {danger && (
        <Tag color="red" variant="solid">
          {liveListWords.hazard}
        </Tag>
      )}
      {kind && <Tag>{labelOf(kindLabels, kind)}</Tag>}
      {owner === "queue" && reason && !(danger && reason === "hazard") && (
        <span className="live-line-reason">{labelOf(handReasonLabels, reason)}</span>
      )}
      {owner === "agent" && card.agent && card.agent.username !== me.username && (
        <span className="quiet">{card.agent.display_name}</span>
      )}
      {understanding?.summary && (
        <span className="quiet live-line-summary">{understanding.summary}</span>
      )}
    </div>
  );
}

interface CardLineProps {
  card: LiveCard;
  to: string;
  open: boolean;
}

/** One conversation of a list, in three short lines. */
export function CardLine({ card, to, open }: CardLineProps) {
  const channel = labelOf(channelLabels, card.channel);
  return (
    <li>
      <Link
        to={to}
        className="live-line"
        aria-current={open ? "true" : undefined}
        data-testid="live-line"
        data-id={card.id}
        data-owner={card.owner}
        data-chosen={open}
      >
        <div className="live-line-head">
          <span className="live-line-name">
            <span className="live-channel" title={channel}>
              {ICONS[card.channel]}
            </span>
            {customerName(card)}
          </span>
          {card.owner === "queue" ? <Waited card={card} /> : <Since card={card} />}
        </div>
        <Matter card={card} />
        <div className="live-line-last">
          <LastWords card={card} />
          {card.unread > 0 && (
            <Badge
              count={card.unread}
              size="small"
              title={liveListWords.unread(card.unread)}
              data-testid="live-unread"
            />
          )}
        </div>
      </Link>
    </li>
  );
}
