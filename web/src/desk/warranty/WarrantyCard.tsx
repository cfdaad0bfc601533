import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Collapse, Descriptions, Skeleton, Tag } from "antd";
import { Link } from "react-router";
import { deskApi } from "../../api/desk";
import type { TicketDetail, WarrantyDecision } from "../../api/types";
import { stepWords, warrantyWords } from "../../messages/case.zh-CN";
import { policyWords } from "../../messages/wall.zh-CN";
import { ErrorLine } from "../components/ErrorPanel";
import { ClauseTag } from "../policy/ClauseTag";
import { inquiryOf } from "./inquiry";

const COLORS = { in: "green", out: "red", unknown: "gold", contradictory: "volcano" } as const;
const words = warrantyWords;

type Remedy = WarrantyDecision["remedies"][number];

function RemedyLine({ remedy }: { remedy: Remedy }) {
  const remarks = [
    remedy.until && words.remedyUntil(remedy.until),
    remedy.if_quality && words.ifQuality,
    remedy.charged && words.charged,
  ].filter(Boolean);
  return (
    <div>
      <strong>{remedy.name}</strong> <span className="quiet">{remarks.join(" · ")}</span>{" "}
      <ClauseTag id={remedy.source} />
    </div>
  );
}

function Sourced({ lines }: { lines: readonly { code: string; text: string; source: string }[] }) {
  return (
    <div>
      {lines.map((line) => (
        <div key={line.code}>
          {line.text} <ClauseTag id={line.source} />
        </div>
      ))}
    </div>
  );
}

function until(decision: WarrantyDecision): string | null {
  const between = decision.until_between;
  return decision.until ?? (between ? words.between(between[0], between[1]) : null);
}

function factLines(decision: WarrantyDecision) {
  const { remedies, fees, unknown, burden_of_proof: burden, parts, models_alike } = decision;
  const proof = burden && words.proof(words.bearers[burden.bearer], burden.until);
  const questions = unknown.map((each) => <li key={each.fact}>{each.question}</li>);
  const part = (each: (typeof parts)[number]) => (
    <div key={each.part}>
      {each.name} <span className="quiet">{each.until ?? words.states[each.state]}</span>{" "}
      <ClauseTag id={each.source} />
    </div>
  );
  return [
    { key: "until", label: words.until, children: until(decision) },
    { key: "class", label: words.service, children: words.classes[decision.service_class] },
    proof !== null && { key: "proof", label: words.burden, children: proof },
    remedies.length > 0 && {
      key: "remedies",
      label: words.remedies,
      children: (
        <div>
          {remedies.map((each) => (
            <RemedyLine key={each.remedy} remedy={each} />
          ))}
        </div>
      ),
    },
    fees.length > 0 && { key: "fees", label: words.fees, children: <Sourced lines={fees} /> },
    parts.length > 0 && {
      key: "parts",
      label: words.parts,
      children: <div>{parts.map(part)}</div>,
    },
    questions.length > 0 && {
      key: "unknown",
      label: words.unknown,
      children: <ul className="questions">{questions}</ul>,
    },
    models_alike.length > 0 && {
      key: "alike",
      label: words.alike,
      children: models_alike.join(policyWords.list),
    },
  ].filter((line) => line !== false && line.children !== null && line.children !== "");
}

function Decision({ decision }: { decision: WarrantyDecision }) {
  const items = factLines(decision).filter((line) => typeof line === "object");
  return (
    <>
      <p className="warranty-sentence">{decision.sentence}</p>
      {decision.contradictions.map((each) => (
        <Alert key={each.code} type="warning" showIcon title={each.text} />
      ))}
      {decision.dealer_first && <Alert type="info" showIcon title={words.dealerFirst} />}
      <Descriptions size="small" column={1} items={items} className="contact-lines" />
      <Collapse
        ghost
        size="small"
        className="fold"
        items={[
          {
            key: "reasons",
            label: <span className="quiet">{words.reasons}</span>,
            children: <Sourced lines={decision.reasons} />,
          },
        ]}
      />
    </>
  );
}

interface WarrantyCardProps {
  ticket: TicketDetail;
  onComplete(): void;
}

/** Where the product's warranty stands, by what the ticket tells and the register knows. */
export function WarrantyCard({ ticket, onComplete }: WarrantyCardProps) {
  const inquiry = inquiryOf(ticket.details);
  const { data, error, isLoading } = useQuery({
    queryKey: ["warranty", inquiry],
    queryFn: () => deskApi.warranty(inquiry ?? {}),
    enabled: inquiry !== null,
    staleTime: 5 * 60_000,
  });
  const { serial_number, order_number } = ticket.details;
  const sought = serial_number ?? order_number ?? ticket.details.model;
  return (
    <Card
      size="small"
      title={
        <>
          {words.title} {data && <Tag color={COLORS[data.state]}>{words.states[data.state]}</Tag>}
        </>
      }
      extra={
        sought && (
          <Link to={`/register?text=${encodeURIComponent(sought)}`}>
            <SearchOutlined /> {words.register}
          </Link>
        )
      }
      data-testid="warranty"
      data-state={data?.state}
    >
      {inquiry === null && (
        <>
          <span className="quiet">{words.noProduct}</span>{" "}
          <Button type="link" size="small" className="inline-button" onClick={onComplete}>
            {stepWords.complete}
          </Button>
        </>
      )}
      {isLoading && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {error && !data && <ErrorLine error={error} />}
      {data && <Decision decision={data} />}
    </Card>
  );
}
