import { Typography } from "antd";
import type { PolicyEntry } from "../../api/types";
import { policyWords } from "../../messages/wall.zh-CN";
import { ClauseTag } from "./ClauseTag";
import { readableCondition, readableKey, readableValue } from "./readable";

/** Longer values have a line of their own. */
const SHORT = 24;

interface RuleEntryProps {
  entry: PolicyEntry;
  facts: Readonly<Record<string, string>>;
}

/** One rule or setting: when it holds, what it says, and the clauses it rests on. */
export function RuleEntry({ entry, facts }: RuleEntryProps) {
  const { id, name, condition, fields, sources } = entry;
  const { more, less, when, sources: rests } = policyWords;
  return (
    <article className="rule" data-testid="rule" data-rule={id}>
      <div className="rule-head">
        {name && <strong>{name}</strong>}
        <code className="quiet">{id}</code>
      </div>
      {condition !== null && (
        <div className="rule-line">
          <span className="quiet">{when}</span>
          <span title={condition}>{readableCondition(condition, facts)}</span>
        </div>
      )}
      <div className="rule-fields">
        {Object.entries(fields).map(([key, value]) => (
          <div key={key} className={value.length > SHORT ? "rule-line long" : "rule-line"}>
            <span className="quiet">{readableKey(key)}</span>
            <Typography.Paragraph
              className="own-words rule-value"
              title={value.length < 200 ? value : undefined}
              ellipsis={{
                rows: 3,
                expandable: "collapsible",
                symbol: (open) => (open ? less : more),
              }}
            >
              {readableValue(value)}
            </Typography.Paragraph>
          </div>
        ))}
      </div>
      {sources.map((source) => (
        <div key={source.id} className="rule-line">
          <span className="quiet">{rests}</span>
          <span>
            <ClauseTag id={source.id} /> <span className="quiet">{source.text}</span>
          </span>
        </div>
      ))}
    </article>
  );
}
