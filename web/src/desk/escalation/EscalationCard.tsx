import "./escalation.css";
import { App, Badge, Button, Card, Collapse, Tag } from "antd";
import { useState } from "react";
import type { Escalation } from "../../api/types";
import { escalationWords } from "../../messages/case.zh-CN";
import { levelLabels } from "../../messages/labels.zh-CN";
import { policyWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatShortTime } from "../../shared/time";
import { ErrorLine } from "../components/ErrorPanel";
import { useNow } from "../components/useNow";
import { ClauseTag } from "../policy/ClauseTag";
import { useSession } from "../session/useSession";
import { useAcknowledge, useEscalations } from "./escalationQueries";
import { actionWords, isWaiting, reaches } from "./levels";
import { RemarkModal } from "./RemarkModal";

function standing(escalation: Escalation, now: number): string {
  const { ack_due_at, acknowledged_at, acknowledged_by, passed_on_at } = escalation;
  if (acknowledged_at !== null) {
    return escalationWords.acknowledged(
      acknowledged_by ?? "",
      formatShortTime(acknowledged_at, now),
    );
  }
  if (passed_on_at !== null) return escalationWords.passedOn(formatShortTime(passed_on_at, now));
  if (ack_due_at === null) return escalationWords.noAck;
  return escalationWords.ackDue(formatShortTime(ack_due_at, now));
}

interface EscalationLineProps {
  escalation: Escalation;
  onAcknowledge(escalation: Escalation): void;
}

function EscalationLine({ escalation, onAcknowledge }: EscalationLineProps) {
  const now = useNow();
  const role = useSession().data?.user.role;
  const waiting = isWaiting(escalation);
  const mine = waiting && role !== undefined && reaches(role, escalation.level);
  return (
    <li
      className="escalation-line"
      data-testid="escalation"
      data-rule={escalation.rule}
      data-level={escalation.level}
      data-waiting={waiting}
    >
      <div className="escalation-head">
        <span>
          {escalation.level && (
            <Tag color={waiting ? "volcano" : undefined}>
              {labelOf(levelLabels, escalation.level)}
            </Tag>
          )}
          <strong>{escalation.name}</strong>
        </span>
        {mine && (
          <Button
            size="small"
            type="primary"
            data-testid="acknowledge"
            onClick={() => onAcknowledge(escalation)}
          >
            {escalationWords.acknowledge}
          </Button>
        )}
      </div>
      <div className="escalation-facts">
        {escalation.facts.map((fact) => (
          <Tag key={fact.path} variant="outlined" title={fact.path}>
            {fact.name}
            {policyWords.colon}
            {fact.words}
          </Tag>
        ))}
      </div>
      <div className="quiet">{actionWords(escalation.actions).join(" · ")}</div>
      <div className="quiet escalation-head">
        <span>
          {formatShortTime(escalation.fired_at, now)}{" "}
          {labelOf(escalationWords.events, escalation.event)} · {standing(escalation, now)}
        </span>
        <span>
          <code>{escalation.rule}</code> <ClauseTag id={escalation.source} />
        </span>
      </div>
    </li>
  );
}

interface ListProps {
  items: readonly Escalation[];
  onAcknowledge(escalation: Escalation): void;
}

function EscalationList({ items, onAcknowledge }: ListProps) {
  return (
    <ul className="escalation-list">
      {items.map((each) => (
        <EscalationLine key={each.id} escalation={each} onAcknowledge={onAcknowledge} />
      ))}
    </ul>
  );
}

/** Why a ticket went up: what waits to be taken up on top, the rest folded away. */
export function EscalationCard({ number }: { number: string }) {
  const { message } = App.useApp();
  const { data: escalations, error } = useEscalations(number);
  const acknowledge = useAcknowledge(number);
  const [asked, ask] = useState<Escalation | null>(null);
  const waiting = escalations?.filter(isWaiting) ?? [];
  const rest = escalations?.filter((each) => !isWaiting(each)) ?? [];
  const close = () => {
    acknowledge.reset();
    ask(null);
  };
  return (
    <Card
      size="small"
      title={escalationWords.title}
      extra={
        waiting.length > 0 && (
          <Badge status="error" text={escalationWords.waiting(waiting.length)} />
        )
      }
      data-testid="escalations"
    >
      {!escalations && error && <ErrorLine error={error} />}
      {escalations?.length === 0 && <span className="quiet">{escalationWords.none}</span>}
      <EscalationList items={waiting} onAcknowledge={ask} />
      {rest.length > 0 && (
        <Collapse
          ghost
          size="small"
          className="fold"
          defaultActiveKey={waiting.length === 0 && rest.length <= 2 ? ["rest"] : []}
          items={[
            {
              key: "rest",
              label: <span className="quiet">{escalationWords.others(rest.length)}</span>,
              children: <EscalationList items={rest} onAcknowledge={ask} />,
            },
          ]}
        />
      )}
      {asked && (
        <RemarkModal
          title={escalationWords.acknowledgeTitle(asked.name)}
          sending={acknowledge.isPending}
          error={acknowledge.error}
          onClose={close}
          onSend={(note) =>
            acknowledge.mutate(
              { id: asked.id, note },
              {
                onSuccess: () => {
                  void message.success(escalationWords.acknowledgedNow);
                  close();
                },
              },
            )
          }
        />
      )}
    </Card>
  );
}
