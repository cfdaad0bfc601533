import { App, Button, Flex, Tag, Typography } from "antd";
import { useState } from "react";
import type { Order, OrderStep, PictureKind } from "../api/orders";
import { useNow } from "../desk/components/useNow";
import { OrderPictures, QuoteView } from "../desk/orders/OrderFacts";
import { OrderStepForm } from "../desk/orders/OrderStepForm";
import { detailLines } from "../desk/ticket/details";
import {
  orderStageLabels,
  orderStepLabels,
  orderWords,
  pictureLabels,
  techWords as words,
} from "../messages/orders.zh-CN";
import { labelOf } from "../shared/labels";
import { formatShortTime } from "../shared/time";
import { type Action, actionsOf, expectedStage, nextSteps } from "./actions";
import { shrunk } from "./pictures";
import { SignaturePad } from "./SignaturePad";
import type { Technician } from "./useTechnician";

function Reach({ order }: { order: Order }) {
  const { message } = App.useApp();
  const copy = () => {
    void navigator.clipboard
      ?.writeText(order.address ?? "")
      .then(() => message.success(words.copied));
  };
  return (
    <>
      {order.phone ? (
        <Button block type="primary" size="large" href={`tel:${order.phone}`} data-testid="call">
          {words.call} {order.phone}
        </Button>
      ) : (
        <p className="quiet">{words.noPhone}</p>
      )}
      {order.address && (
        <p className="visit-address">
          <span data-testid="visit-address">{order.address}</span>
          <Button size="small" onClick={copy}>
            {words.copy}
          </Button>
        </p>
      )}
    </>
  );
}

/** What the house notes for its clocks is nothing that a customer told. */
const NOTED = new Set(["service_class", "area", "distance_km", "fee_refused"]);

function told(details: Order["details"]): Order["details"] {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !NOTED.has(name)));
}

function Told({ order }: { order: Order }) {
  return (
    <>
      <dl className="visit-facts">
        {detailLines(told(order.details)).map((line) => (
          <div key={line.key}>
            <dt className="quiet">{line.label}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
        {order.plan && (
          <div>
            <dt className="quiet">{words.plan}</dt>
            <dd data-testid="visit-plan">{order.plan}</dd>
          </div>
        )}
      </dl>
      <p className="quiet">{words.said}</p>
      <p className="own-words">{order.description}</p>
    </>
  );
}

function nameOf({ step, picture }: Action): string {
  if (step) return orderStepLabels[step];
  return picture ? pictureLabels[picture.kind] : "";
}

function Unsent({ mine, technician }: { mine: Action[]; technician: Technician }) {
  const stuck = mine.some((action) => action.refused !== null);
  return mine.map((action) => (
    <div
      key={action.id}
      className="unsent"
      data-testid="unsent"
      data-refused={action.refused !== null}
    >
      <span>
        {nameOf(action)}{" "}
        <Tag color={action.refused === null ? "orange" : "red"}>
          {action.refused === null ? (stuck ? words.blocked : words.waiting) : words.refused}
        </Tag>
      </span>
      {action.refused !== null && (
        <>
          <span className="tone-over">{action.refused}</span>
          <Flex gap="small">
            <Button size="small" onClick={() => technician.queue.retry(action.id)}>
              {words.again}
            </Button>
            <Button size="small" danger onClick={() => technician.queue.drop(action.id)}>
              {words.drop}
            </Button>
          </Flex>
        </>
      )}
    </div>
  ));
}

function QuoteWaits({ order, technician }: { order: Order; technician: Technician }) {
  const quote = order.quotes.find((one) => one.id === order.open_quote);
  if (!quote) return null;
  const answer = (said: "agreed" | "declined") =>
    technician.queue.add({
      order: order.number,
      step: "answer",
      body: { quote_id: quote.id, answer: said, how: "on_site" },
      picture: null,
    });
  return (
    <div className="visit-quote">
      <strong>{words.quoteOpen(quote.total)}</strong>
      <QuoteView quote={quote} open />
      <p className="quiet">{words.quoteTold}</p>
      <Flex gap="small">
        <Button type="primary" data-testid="quote-agreed" onClick={() => answer("agreed")}>
          {words.quoteAgreed}
        </Button>
        <Button onClick={() => answer("declined")}>{words.quoteDeclined}</Button>
      </Flex>
    </div>
  );
}

function Camera({
  kind,
  label,
  onPicture,
}: {
  kind: PictureKind;
  label: string;
  onPicture(file: Blob): void;
}) {
  const { message } = App.useApp();
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      onPicture(await shrunk(file));
    } catch {
      void message.warning(words.pictureBroken);
    }
  };
  return (
    <label className="camera">
      {label}
      <input
        type="file"
        accept="image/*"
        capture="environment"
        data-testid={`camera-${kind}`}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </label>
  );
}

function Next({ order, technician }: { order: Order; technician: Technician }) {
  const [step, setStep] = useState<OrderStep | null>(null);
  const { actions, queue } = technician;
  const steps = nextSteps(order, actions);
  const picture = (kind: PictureKind, file: Blob) =>
    queue.add({ order: order.number, step: null, body: {}, picture: { kind, file } });
  const done = (body: Record<string, unknown>) => {
    if (step) queue.add({ order: order.number, step, body, picture: null });
    setStep(null);
  };
  if (step !== null) {
    return (
      <section className="visit-card">
        <h2>{orderStepLabels[step]}</h2>
        {step === "sign" && <SignaturePad onSigned={(file) => picture("signature", file)} />}
        <OrderStepForm
          order={order}
          step={step}
          sending={false}
          onCancel={() => setStep(null)}
          onSubmit={done}
        />
      </section>
    );
  }
  return (
    <section className="visit-card">
      <h2>{words.next}</h2>
      <QuoteWaits order={order} technician={technician} />
      <Flex vertical gap="small">
        {steps.length === 0 && !order.open_quote && <span className="quiet">{words.done}</span>}
        {steps.map((one, index) => (
          <Button
            key={one}
            block
            size="large"
            type={index === 0 ? "primary" : "default"}
            data-testid={`tech-step-${one}`}
            onClick={() => setStep(one)}
          >
            {orderStepLabels[one]}
          </Button>
        ))}
      </Flex>
      <h2>{words.photos}</h2>
      <OrderPictures order={order} />
      <Flex gap="small" className="cameras">
        <Camera kind="work" label={words.photo} onPicture={(file) => picture("work", file)} />
        <Camera
          kind="record"
          label={words.photoRecord}
          onPicture={(file) => picture("record", file)}
        />
      </Flex>
    </section>
  );
}

/** One visit on the technician's phone. */
export function VisitView({ order, technician }: { order: Order; technician: Technician }) {
  const now = useNow();
  const mine = actionsOf(technician.actions, order.number);
  const stage = expectedStage(order, technician.actions);
  return (
    <article className="visit" data-testid="visit" data-stage={order.stage}>
      <section className="visit-card">
        <Flex justify="space-between" align="center" gap="small">
          <Typography.Title level={2}>{order.customer_name ?? order.title}</Typography.Title>
          <Tag color="blue">{labelOf(orderStageLabels, stage)}</Tag>
        </Flex>
        <p className="quiet">
          {order.number} · {words.warranty[order.service_class]}
          {order.visit_at && ` · ${words.started(formatShortTime(order.visit_at, now))}`}
        </p>
        <Reach order={order} />
        <Told order={order} />
        {order.diagnosis && (
          <p>
            <span className="quiet">{orderWords.fields.diagnosis}</span> {order.diagnosis}
          </p>
        )}
      </section>
      <Unsent mine={mine} technician={technician} />
      <Next order={order} technician={technician} />
    </article>
  );
}
