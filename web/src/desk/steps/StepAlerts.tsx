import { Alert, Button } from "antd";
import { ApiError } from "../../api/errors";
import type { StepOffer, TicketDetail } from "../../api/types";
import { stepWords } from "../../messages/case.zh-CN";
import { ticketWords } from "../../messages/desk.zh-CN";
import { levelLabels, senderLabels, verbLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { messageOf } from "../components/ErrorPanel";
import { changesOf } from "../ticket/changes";
import { lackLabel } from "./StepField";
import { entriesSince } from "./ticketChanges";

/** What others did while the form was open, and the way on. */
export function ChangedAlert(props: {
  seen: TicketDetail;
  ticket: TicketDetail;
  onContinue(): void;
}) {
  const { seen, ticket, onContinue } = props;
  return (
    <Alert
      showIcon
      type="warning"
      data-testid="step-changed"
      title={stepWords.changed}
      description={
        <>
          <ul className="change-list">
            {entriesSince(seen, ticket).map((entry) => (
              <li key={entry.position}>
                {entry.actor_name ?? labelOf(senderLabels, entry.actor_kind)}
                {ticketWords.did}
                {labelOf(verbLabels, entry.verb)}{" "}
                <span className="quiet">{formatTime(entry.at)}</span>
                {changesOf(entry).map((line) => (
                  <div key={line} className="own-words quiet">
                    {line}
                  </div>
                ))}
              </li>
            ))}
          </ul>
          <Button size="small" type="primary" onClick={onContinue} data-testid="step-continue">
            {stepWords.continue}
          </Button>
        </>
      }
    />
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  return error.code === "conflict" ? stepWords.refused.conflict : error.message;
}

/** Why a step was refused; nothing that was typed is lost. */
export function RefusedAlert({ error }: { error: unknown }) {
  return (
    <Alert
      showIcon
      type="error"
      data-testid="step-refused"
      title={stepWords.notSaved}
      description={reasonOf(error)}
    />
  );
}

interface LacksAlertProps {
  offer: StepOffer;
  /** What the form has no field for. */
  facts: readonly string[];
  /** Whether it can be put right by correcting what was taken down. */
  onComplete: (() => void) | null;
}

/** What has to be put right before the step, or somebody else has to do. */
export function LacksAlert({ offer, facts, onComplete }: LacksAlertProps) {
  const reasons = [
    offer.needs_level && stepWords.needsLevel(labelOf(levelLabels, offer.needs_level)),
    offer.own_proposal && stepWords.ownProposal,
    facts.length > 0 && stepWords.lacks(facts.map(lackLabel).join(ticketWords.list)),
  ].filter((reason) => typeof reason === "string");
  if (reasons.length === 0) return null;
  return (
    <Alert
      showIcon
      type="info"
      data-testid="step-lacks"
      title={reasons.join(ticketWords.stop)}
      description={onComplete ? stepWords.completeFirst : undefined}
      action={
        onComplete && (
          <Button size="small" onClick={onComplete}>
            {stepWords.complete}
          </Button>
        )
      }
    />
  );
}
