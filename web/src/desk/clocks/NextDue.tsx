import { Tag } from "antd";
import type { TicketSummary } from "../../api/types";
import { clockWords } from "../../messages/case.zh-CN";
import { ticketListWords } from "../../messages/desk.zh-CN";
import { isClosed } from "../ticket/stageSteps";
import { useClocks, useClocksOfLine } from "./clockQueries";
import { TimeLeft } from "./TimeLeft";
import { mostUrgent } from "./timeLeft";

/** A line of the list: what is due next on this ticket. */
export function NextDue({ ticket }: { ticket: TicketSummary }) {
  const open = !isClosed(ticket.stage);
  const { data: clocks, dataUpdatedAt } = useClocksOfLine(ticket.number, open);
  if (open && !clocks) return null;
  const clock = open && clocks ? mostUrgent(clocks) : null;
  if (clock === null) return <span className="quiet">{ticketListWords.none}</span>;
  return (
    <span className="next-due">
      <TimeLeft clock={clock} asOf={dataUpdatedAt} />
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
