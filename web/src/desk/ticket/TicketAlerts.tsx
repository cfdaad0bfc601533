import { Alert, Button, Flex, Tag } from "antd";
import { Link } from "react-router";
import type { TicketDetail } from "../../api/types";
import { caseWords, stepWords } from "../../messages/case.zh-CN";
import { ticketWords } from "../../messages/desk.zh-CN";
import { formatShortTime } from "../../shared/time";
import { useNow } from "../components/useNow";
import { lackLabel } from "../steps/StepField";
import { isClosed } from "./stageSteps";

function CaseTags({ ticket }: { ticket: TicketDetail }) {
  const { case: record } = ticket;
  const tags = [
    record.reply_required === "written" && caseWords.written,
    record.repeats > 0 && caseWords.repeats(record.repeats),
    record.urged > 0 && caseWords.urged(record.urged),
    record.reopened > 0 && caseWords.reopenedTimes(record.reopened),
  ].filter((tag) => typeof tag === "string");
  if (tags.length === 0) return null;
  return (
    <Flex wrap gap={4}>
      {tags.map((tag) => (
        <Tag key={tag} color="gold">
          {tag}
        </Tag>
      ))}
    </Flex>
  );
}

interface TicketAlertsProps {
  ticket: TicketDetail;
  onComplete(): void;
}

/** What whoever opens the ticket must know first. */
export function TicketAlerts({ ticket, onComplete }: TicketAlertsProps) {
  const now = useNow();
  const { missing, merged_into, case: record } = ticket;
  const waiting = record.awaiting_customer_since;
  const incomplete = missing.length > 0 && !isClosed(ticket.stage);
  return (
    <>
      {merged_into && (
        <Alert
          showIcon
          type="info"
          data-testid="merged"
          title={
            <>
              {caseWords.mergedInto} <Link to={`/tickets/${merged_into}`}>{merged_into}</Link>
            </>
          }
        />
      )}
      {incomplete && (
        <Alert
          showIcon
          type="warning"
          data-testid="missing"
          title={stepWords.missing(missing.map(lackLabel).join(ticketWords.list))}
          action={
            <Button size="small" onClick={onComplete}>
              {stepWords.complete}
            </Button>
          }
        />
      )}
      {waiting && (
        <Alert
          showIcon
          type="info"
          data-testid="awaiting"
          title={caseWords.awaiting(formatShortTime(waiting, now))}
        />
      )}
      <CaseTags ticket={ticket} />
    </>
  );
}
