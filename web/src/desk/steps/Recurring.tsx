import { Form, Tag } from "antd";
import { stepWords } from "../../messages/case.zh-CN";
import { formatTime } from "../../shared/time";
import { ErrorLine } from "../components/ErrorPanel";
import { useRecurring } from "./stepQueries";
import { toggled } from "./stepValues";

const SAME_CAUSE = "same_cause_as";

/** Tickets that may have the same cause, to be put into the field of the form around it, or taken out. */
export function Recurring({ number, onChoice }: { number: string; onChoice(): void }) {
  const { data, error } = useRecurring(number);
  const form = Form.useFormInstance();
  const chosen = (Form.useWatch(SAME_CAUSE, form) ?? []) as string[];
  if (error) return <ErrorLine error={error} />;
  if (!data || data.items.length === 0) return null;
  const choose = (other: string) => {
    form.setFieldValue(SAME_CAUSE, toggled(chosen, other));
    onChoice();
  };
  return (
    <div className="whole-line recurring" data-testid="recurring">
      <span className="quiet">{stepWords.hints.recurring(data.days)}</span>
      {data.items.map((ticket) => (
        <Tag.CheckableTag
          key={ticket.number}
          checked={chosen.includes(ticket.number)}
          onChange={() => choose(ticket.number)}
          data-testid={`recurring-${ticket.number}`}
        >
          {ticket.number} {ticket.direct_cause ?? ticket.title}{" "}
          <span className="quiet">{formatTime(ticket.created_at).slice(0, 10)}</span>
        </Tag.CheckableTag>
      ))}
    </div>
  );
}
