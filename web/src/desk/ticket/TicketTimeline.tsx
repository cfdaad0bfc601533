import { Button, Card, Empty, Tag, Timeline, Tooltip, Typography } from "antd";
import { useState } from "react";
import type { TicketDetail, TimelineEntry } from "../../api/types";
import { caseWords } from "../../messages/case.zh-CN";
import { ticketWords } from "../../messages/desk.zh-CN";
import { senderLabels, verbLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { ClauseTag } from "../policy/ClauseTag";
import { changesOf } from "./changes";

const HASH_CHARACTERS = 8;
const MOST_SHOWN = 12;
const ACTOR_COLORS: Readonly<Record<string, string>> = {
  agent: "green",
  customer: "orange",
  system: "gray",
};

function VisibilityTag({ visibility }: { visibility: string }) {
  return (
    <Tag color={visibility === "customer" ? "blue" : undefined}>
      {labelOf(ticketWords.visibility, visibility)}
    </Tag>
  );
}

function Origin({ entry }: { entry: TimelineEntry }) {
  return (
    <div className="quiet timeline-origin">
      <span>
        {entry.rule && ticketWords.rule(entry.rule)}{" "}
        {entry.source && (
          <>
            {ticketWords.source} <ClauseTag id={entry.source} />
          </>
        )}
      </span>
      <Tooltip title={<span className="hash-tip">{ticketWords.hash(entry.hash)}</span>}>
        <code>{entry.hash.slice(0, HASH_CHARACTERS)}</code>
      </Tooltip>
    </div>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const actor = labelOf(senderLabels, entry.actor_kind);
  return (
    <div data-testid="timeline-entry" data-verb={entry.verb}>
      <div className="timeline-head">
        <Typography.Text strong>{labelOf(verbLabels, entry.verb)}</Typography.Text>
        <VisibilityTag visibility={entry.visibility} />
      </div>
      <div className="quiet">
        {entry.actor_name ? `${entry.actor_name} · ${actor}` : actor} · {formatTime(entry.at)}
      </div>
      {changesOf(entry).map((line) => (
        <div key={line} className="own-words">
          {line}
        </div>
      ))}
      {entry.note && <blockquote className="own-words timeline-note">{entry.note}</blockquote>}
      <Origin entry={entry} />
    </div>
  );
}

/** Who did what, when, and by which rule and clause; latest last, as it is chained. */
export function TicketTimeline({ ticket }: { ticket: TicketDetail }) {
  const [whole, setWhole] = useState(false);
  const all = [...ticket.timeline].sort((one, other) => one.position - other.position);
  const entries = whole ? all : all.slice(-MOST_SHOWN);
  const earlier = all.length - entries.length;
  return (
    <Card size="small" title={ticketWords.timeline}>
      {earlier > 0 && (
        <Button type="link" size="small" className="earlier" onClick={() => setWhole(true)}>
          {caseWords.earlier(earlier)}
        </Button>
      )}
      <div data-testid="ticket-timeline">
        {entries.length === 0 ? (
          <Empty description={ticketWords.noTimeline} />
        ) : (
          <Timeline
            items={entries.map((entry) => ({
              key: entry.position,
              color: ACTOR_COLORS[entry.actor_kind] ?? "blue",
              content: <Entry entry={entry} />,
            }))}
          />
        )}
      </div>
    </Card>
  );
}
