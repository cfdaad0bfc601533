import { Descriptions, Image, Tag } from "antd";
import type { ReactNode } from "react";
import type { Order, Quote } from "../../api/orders";
import {
  answeredHowLabels,
  answerLabels,
  causeLabels,
  pictureLabels,
  serviceClassLabels,
  orderWords as words,
} from "../../messages/orders.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime } from "../../shared/time";
import { useNow } from "../components/useNow";
import { useDispatchMap } from "./orderQueries";

const { fields } = words;

function factsOf(order: Order, region: string | null, now: number): [string, ReactNode][] {
  const yuan = (amount: string | null) => (amount === null ? null : words.yuan(amount));
  const time = (at: string | null) => (at === null ? null : formatShortTime(at, now));
  const sentence = order.decision?.sentence;
  const charged = Number(order.bill_total) > 0;
  return [
    [fields.customer, order.customer_name],
    [fields.phone, order.phone],
    [fields.address, order.address],
    [fields.class, labelOf(serviceClassLabels, order.service_class)],
    [fields.decision, typeof sentence === "string" ? sentence : null],
    [fields.region, region],
    [fields.distance, order.distance_km === null ? null : words.kilometres(order.distance_km)],
    [fields.dealer, order.dealer_told_to],
    [fields.plan, order.plan],
    [fields.agreed, yuan(order.agreed_total)],
    [fields.waived, order.waived_by],
    [fields.technician, order.technician],
    [fields.visit, time(order.visit_at)],
    [fields.cause, order.cause === null ? null : labelOf(causeLabels, order.cause)],
    [fields.diagnosis, order.diagnosis],
    [fields.receipt, order.receipt],
    [fields.promised, order.promised_on],
    [fields.work, order.work_done],
    [fields.hours, order.hours === null ? null : words.hoursOf(order.hours)],
    [fields.bill, charged ? yuan(order.bill_total) : null],
    [fields.card, order.card_entry],
    [
      fields.signed,
      order.signed_at && words.by(order.signed_by ?? "", time(order.signed_at) ?? ""),
    ],
    [fields.opinion, order.opinion],
    [fields.report, order.report],
    [fields.invoice, order.invoice],
    [fields.cost, yuan(order.audited_cost)],
    [
      fields.record,
      order.record ?? (order.record_filed_at && words.filed(time(order.record_filed_at) ?? "")),
    ],
  ];
}

/** All that is known of an order. */
export function OrderFacts({ order }: { order: Order }) {
  const now = useNow();
  const regions = useDispatchMap().data?.regions ?? [];
  const region = regions.find((one) => one.id === order.region)?.name ?? order.region;
  const known = factsOf(order, region, now).filter(([, value]) => value !== null && value !== "");
  return (
    <Descriptions
      size="small"
      column={1}
      bordered
      className="order-facts"
      items={known.map(([label, value]) => ({
        key: label,
        label,
        children: <span className="own-words">{value}</span>,
      }))}
    />
  );
}

/** A quote with its lines and what the customer said to it. */
export function QuoteView({ quote, open }: { quote: Quote; open: boolean }) {
  const now = useNow();
  const answer = quote.answer
    ? words.quoteAnswered(
        labelOf(answerLabels, quote.answer),
        labelOf(answeredHowLabels, quote.answered_how ?? ""),
      )
    : words.quoteWaits(formatShortTime(quote.valid_until, now));
  return (
    <div data-testid="quote" data-answer={quote.answer ?? ""}>
      <strong>{words.total(quote.total)}</strong>{" "}
      {(open || quote.answer) && (
        <Tag color={quote.answer === "agreed" ? "green" : quote.answer ? "red" : "blue"}>
          {answer}
        </Tag>
      )}
      <ul className="quote-lines quiet">
        {quote.lines.map((line) => (
          <li key={`${line.kind} ${line.name ?? ""}`}>{line.text}</li>
        ))}
      </ul>
    </div>
  );
}

export function OrderPictures({ order }: { order: Order }) {
  if (order.pictures.length === 0) return <span className="quiet">{words.noPictures}</span>;
  return (
    <div className="order-pictures">
      <Image.PreviewGroup>
        {order.pictures.map((picture) => (
          <Image
            key={picture.id}
            width={72}
            height={72}
            src={`/api/v1/files/${picture.file_id}`}
            alt={labelOf(pictureLabels, picture.kind)}
            title={labelOf(pictureLabels, picture.kind)}
            style={{ objectFit: "cover", background: "#fff" }}
          />
        ))}
      </Image.PreviewGroup>
    </div>
  );
}
