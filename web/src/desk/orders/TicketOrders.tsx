import "./orders.css";
import { App, Button, Card, Tag } from "antd";
import { useState } from "react";
import type { OrderCard } from "../../api/orders";
import { orderStageLabels, orderWords as words } from "../../messages/orders.zh-CN";
import { labelOf } from "../../shared/labels";
import { ErrorLine, messageOf } from "../components/ErrorPanel";
import { OrderDrawer } from "./OrderDrawer";
import { useOpenOrder, useOrdersOfTicket } from "./orderQueries";

const CLOSED: readonly string[] = ["audited", "cancelled", "guided_by_phone"];
const SERVED: readonly string[] = ["repair_request", "quality_complaint", "return_exchange"];

const isOpen = (card: OrderCard) => !CLOSED.includes(card.stage);

interface TicketOrdersProps {
  ticket: string;
  kind: string;
  closed: boolean;
}

/** The service orders of a ticket, and a way to open one; beside a ticket and beside a live chat. */
export function TicketOrders({ ticket, kind, closed }: TicketOrdersProps) {
  const { message } = App.useApp();
  const { data, error } = useOrdersOfTicket(ticket);
  const [shown, setShown] = useState<string | null>(null);
  const open = useOpenOrder(ticket);
  const cards = data?.items ?? [];
  const mayOpen = data && !closed && SERVED.includes(kind) && !cards.some(isOpen);
  const openOne = () =>
    open.mutate(undefined, {
      onSuccess: (order) => {
        void message.success(words.opened);
        setShown(order.number);
      },
      onError: (refused) => void message.warning(messageOf(refused)),
    });
  return (
    <Card
      size="small"
      title={words.orders}
      data-testid="ticket-orders"
      extra={
        mayOpen && (
          <Button size="small" loading={open.isPending} data-testid="open-order" onClick={openOne}>
            {words.open}
          </Button>
        )
      }
    >
      {error && <ErrorLine error={error} />}
      {data && cards.length === 0 && (
        <span className="quiet">{SERVED.includes(kind) ? words.none : words.notForKind}</span>
      )}
      {cards.map((card) => (
        <div key={card.number} className="ticket-order">
          <Button
            type="link"
            className="inline-button"
            data-testid="ticket-order"
            onClick={() => setShown(card.number)}
          >
            {card.number}
          </Button>
          <span className="quiet">{card.technician}</span>
          <Tag color={isOpen(card) ? "blue" : "default"}>
            {labelOf(orderStageLabels, card.stage)}
          </Tag>
        </div>
      ))}
      {shown && <OrderDrawer number={shown} onClose={() => setShown(null)} />}
    </Card>
  );
}
