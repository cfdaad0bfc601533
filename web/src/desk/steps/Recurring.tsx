import { Button, Form, Tag } from "antd";
import { stepWords } from "../../messages/case.zh-CN";
import { formatTime } from "../../shared/time";
import { ErrorLine } from "../components/ErrorPanel";
import { ListCount } from "../components/ListCount";
import { type RecurringTicket, ticketsOf } from "./recurringPages";
import { useRecurring } from "./stepQueries";
import { toggled } from "./stepValues";

const SAME_CAUSE = "same_cause_as";

interface ChoiceProps {
  ticket: RecurringTicket;
  checked: boolean;
  onChange(): void;
}

function Choice({ ticket, checked, onChange }: ChoiceProps) {
  return (
    <Tag.CheckableTag
      checked={checked}
      onChange={onChange}
      data-testid={`recurring-${ticket.number}`}
    >
      {ticket.number} {ticket.direct_cause ?? ticket.title}{" "}
      <span className="quiet">{formatTime(ticket.created_at).slice(0, 10)}</span>
    </Tag.CheckableTag>
  );
}

/** Tickets that may have the same cause, to be put into the field of the form around it, or taken out. */
export function Recurring({ number, onChoice }: { number: string; onChoice(): void }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useRecurring(number);
  const form = Form.useFormInstance();
  const chosen = (Form.useWatch(SAME_CAUSE, form) ?? []) as string[];
  const newest = data?.pages[data.pages.length - 1];
  if (error && !newest) return <ErrorLine error={error} />;
  if (!data || !newest || newest.total === 0) return null;
  const tickets = ticketsOf(data.pages);
  const choose = (other: string) => {
    form.setFieldValue(SAME_CAUSE, toggled(chosen, other));
    onChoice();
  };
  return (
    <div className="whole-line recurring" data-testid="recurring">
      <span className="quiet">{stepWords.hints.recurring(newest.days)}</span>
      {tickets.map((ticket) => (
        <Choice
          key={ticket.number}
          ticket={ticket}
          checked={chosen.includes(ticket.number)}
          onChange={() => choose(ticket.number)}
        />
      ))}
      <ListCount shown={tickets.length} total={newest.total} />
      {error && <ErrorLine error={error} />}
      {hasNextPage && (
        <Button
          size="small"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          data-testid="recurring-more"
        >
          {stepWords.moreRecurring}
        </Button>
      )}
    </div>
  );
}
