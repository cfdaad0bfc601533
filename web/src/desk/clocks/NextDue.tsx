import { Tag } from "antd";
import { useState } from "react";
import type { TicketSummary } from "../../api/types";
import { clockWords } from "../../messages/case.zh-CN";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { isClosed } from "../ticket/stageSteps";
import { useClocks, useClocksOfLine } from "./clockQueries";
import { TimeLeft } from "./TimeLeft";
import { mostUrgent } from "./timeLeft";

/** A line of the list: what is due next on this ticket; asked for only where the list does not say. */
export function NextDue({ ticket }: { ticket: TicketSummary }) {
  const told = ticket.next_due;
  const asked = told === undefined && !isClosed(ticket.stage);
  const { data: clocks, dataUpdatedAt } = useClocksOfLine(ticket.number, asked);
  const [since] = useState(Date.now);
  if (asked && !clocks) return null;
  const clock = asked && clocks ? mostUrgent(clocks) : (told ?? null);
  if (clock === null) return <span className="quiet">{ticketListWords.none}</span>;
  return (
    <span className="next-due">
      <TimeLeft clock={clock} asOf={asked ? dataUpdatedAt : since} />
      <span className="quiet next-due-name">{clock.name}</span>
    </span>
  );
}

/** The head of a ticket: what is due next. */
export function NextDueTag({ number }: { number: string }) {
  const { data: clocks, dataUpdatedAt } = useClocks(number);
  const clock = clocks ? mostUrgent(clocks) : null;
  if (clock === null) return null;
  return (
    <Tag variant="outlined" data-testid="next-due">
      {clockWords.nextDue(clock.name)} <TimeLeft clock={clock} asOf={dataUpdatedAt} />
    </Tag>
  );
}
