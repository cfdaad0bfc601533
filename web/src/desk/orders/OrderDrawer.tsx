import "./orders.css";
import { Alert, App, Button, Drawer, Grid, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { ApiError } from "../../api/errors";
import type { Order, OrderStep } from "../../api/orders";
import {
  orderAgainLabels,
  orderStageLabels,
  orderStepLabels,
  orderWords as words,
} from "../../messages/orders.zh-CN";
import { labelOf } from "../../shared/labels";
import { ErrorPanel, messageOf } from "../components/ErrorPanel";
import { OrderFacts, OrderPictures, QuoteView } from "./OrderFacts";
import { OrderStepForm } from "./OrderStepForm";
import { useOrder, useTakeOrderStep } from "./orderQueries";

const WIDE = 620;
const BEGUN: readonly string[] = ["opened"];

function stepName(step: OrderStep, order: Order): string {
  const again =
    (step === "plan" && !BEGUN.includes(order.stage)) ||
    (step === "dispatch" && order.stage === "dispatched") ||
    (step === "quote" && order.quotes.length > 0);
  return (again ? orderAgainLabels[step] : undefined) ?? orderStepLabels[step];
}

const isConflict = (error: unknown) => error instanceof ApiError && error.code === "conflict";

/** The step that most orders go on with. */
const USUAL: readonly OrderStep[] = [
  "plan",
  "tell_dealer",
  "dispatch",
  "depart",
  "arrive",
  "fix",
  "return",
  "sign",
  "report",
  "audit",
]; // prettier-ignore

function usualStep(order: Order): OrderStep | undefined {
  if (order.stage === "planned" && order.service_class === "charged") return "quote";
  if (order.open_quote) return "answer";
  const sent = order.stage === "dispatched";
  if (order.stage !== "opened" && !sent && order.steps.includes("dispatch")) return "dispatch";
  return USUAL.find((step) => order.steps.includes(step) && !(sent && step === "dispatch"));
}

function Steps({ order }: { order: Order }) {
  const { message } = App.useApp();
  const [step, setStep] = useState<OrderStep | null>(null);
  const [seen, setSeen] = useState(order);
  const take = useTakeOrderStep(order.number);
  const choose = (one: OrderStep | null) => {
    take.reset();
    setSeen(order);
    setStep(one);
  };
  const usual = usualStep(order);
  const error = take.error;
  if (step === null) {
    return (
      <div className="order-steps" data-testid="order-steps">
        {order.steps.length === 0 && <span className="quiet">{words.noSteps}</span>}
        {order.steps.map((one) => (
          <Button
            key={one}
            type={one === usual ? "primary" : "default"}
            danger={one === "cancel"}
            data-testid={`order-step-${one}`}
            onClick={() => choose(one)}
          >
            {stepName(one, order)}
          </Button>
        ))}
      </div>
    );
  }
  return (
    <>
      {error && (
        <Alert
          showIcon
          type="warning"
          className="login-error"
          data-testid="order-refused"
          title={isConflict(error) ? words.changed : words.refused}
          description={isConflict(error) ? undefined : messageOf(error)}
        />
      )}
      <strong>{stepName(step, order)}</strong>
      <OrderStepForm
        key={step}
        order={order}
        step={step}
        sending={take.isPending}
        onCancel={() => choose(null)}
        onSubmit={(body) =>
          take.mutate(
            { step, body, seen },
            {
              onSuccess: () => {
                void message.success(words.saved(orderStepLabels[step]));
                setStep(null);
              },
              onError: (refused) => {
                if (isConflict(refused)) setSeen(order);
              },
            },
          )
        }
      />
    </>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="order-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Whole({ order }: { order: Order }) {
  return (
    <>
      <p>
        <Tag color="blue" data-testid="order-stage" data-stage={order.stage}>
          {labelOf(orderStageLabels, order.stage)}
        </Tag>
        <Link to={`/tickets/${order.ticket}`}>
          {words.ticket} {order.ticket}
        </Link>{" "}
        {order.title}
      </p>
      <Steps order={order} />
      <Section title={words.facts}>
        <OrderFacts order={order} />
        {order.phone?.includes("*") && <p className="quiet">{words.hidden}</p>}
      </Section>
      <Section title={words.quotes}>
        {order.quotes.length === 0 && <span className="quiet">{words.noQuotes}</span>}
        {order.quotes.map((quote) => (
          <QuoteView key={quote.id} quote={quote} open={quote.id === order.open_quote} />
        ))}
      </Section>
      {order.parts.length > 0 && (
        <Section title={words.parts}>
          <ul className="quote-lines">
            {order.parts.map((part) => (
              <li key={part.name}>
                {part.name} × {part.quantity}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.pictures}>
        <OrderPictures order={order} />
      </Section>
    </>
  );
}

/** An order with all that can be done with it, over whatever page it was opened from. */
export function OrderDrawer({ number, onClose }: { number: string; onClose(): void }) {
  const wide = Grid.useBreakpoint().md ?? true;
  const { data: order, error, refetch } = useOrder(number);
  return (
    <Drawer
      open
      size={wide ? WIDE : "100%"}
      title={words.title(number)}
      onClose={onClose}
      data-testid="order-drawer"
    >
      {!order && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!order && !error && <Skeleton active />}
      {order && <Whole key={order.number} order={order} />}
    </Drawer>
  );
}
