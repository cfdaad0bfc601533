import { Tag } from "antd";
import type { OrderCard } from "../../api/orders";
import { priorityLabels } from "../../messages/labels.zh-CN";
import { boardWords, orderStageLabels, serviceClassLabels } from "../../messages/orders.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime } from "../../shared/time";
import { TimeLeft } from "../clocks/TimeLeft";
import { useNow } from "../components/useNow";
import { dueOf, isLate } from "./boardLanes";

const words = boardWords;

function When({ card, asOf }: { card: OrderCard; asOf: number }) {
  const now = useNow();
  const late = isLate(card, now) ? "tone-over" : "";
  if (card.stage === "taken_in" && card.promised_on) {
    return <span className={late}>{words.promised(card.promised_on)}</span>;
  }
  if ((card.stage === "dispatched" || card.stage === "departed") && card.visit_at) {
    return <span className={late}>{words.visit(formatShortTime(card.visit_at, now))}</span>;
  }
  return card.next_due && dueOf(card) ? <TimeLeft clock={card.next_due} asOf={asOf} /> : null;
}

function Flags({ card }: { card: OrderCard }) {
  return (
    <>
      {card.priority !== "normal" && (
        <Tag color={card.priority === "urgent" ? "red" : "orange"}>
          {labelOf(priorityLabels, card.priority)}
        </Tag>
      )}
      {card.carried_over && <Tag color="red">{words.carriedOver}</Tag>}
      {card.overdue && <Tag color="red">{words.overdue}</Tag>}
      {card.parts_urgent && <Tag color="orange">{words.urgentParts}</Tag>}
      {card.dealer_sold && <Tag>{words.dealer}</Tag>}
    </>
  );
}

interface OrderCardViewProps {
  card: OrderCard;
  asOf: number;
  chosen: boolean;
  onOpen(number: string): void;
}

/** An order as a card of the board; the whole card is the button. */
export function OrderCardView({ card, asOf, chosen, onOpen }: OrderCardViewProps) {
  return (
    <button
      type="button"
      className="order-card"
      data-testid="order-card"
      data-number={card.number}
      data-stage={card.stage}
      data-chosen={chosen}
      onClick={() => onOpen(card.number)}
    >
      <span className="order-card-line">
        <span className="ticket-number quiet">{card.number}</span>
        <Tag>{labelOf(serviceClassLabels, card.service_class)}</Tag>
      </span>
      <span className="order-card-title">{card.title}</span>
      <span className="order-card-line quiet">
        <span>{card.customer_name}</span>
        <span>{card.technician ?? words.lanes.nobody}</span>
      </span>
      <span className="order-card-line">
        <span className="quiet">{labelOf(orderStageLabels, card.stage)}</span>
        <When card={card} asOf={asOf} />
      </span>
      <span className="order-card-flags">
        <Flags card={card} />
      </span>
    </button>
  );
}
