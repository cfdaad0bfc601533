import "./answering.css";
import { ReloadOutlined } from "@ant-design/icons";
import { Button, Card, Empty, Skeleton, Tag } from "antd";
import type { Suggestion, Suggestions } from "../../api/answering";
import { suggestionWords } from "../../messages/answering.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { useMessages } from "../live/data/liveQueries";
import { clauseName } from "../policy/clauseNames";
import { useClauses } from "../policy/policyQueries";
import { useSuggestions } from "./answeringQueries";

interface AnswerSuggestionsProps {
  conversationId: string;
  onPick(text: string): void;
}

const SHOWN_QUESTION = 60;

function Line({ suggestion, onPick }: { suggestion: Suggestion; onPick(text: string): void }) {
  const { data: clauses } = useClauses();
  const names = suggestion.source.map((id) => clauseName(id, clauses));
  return (
    <li className="suggestion" data-testid="suggestion">
      <div className="suggestion-head">
        <b>{suggestion.question}</b>
        {suggestion.sure && <Tag color="green">{suggestionWords.sure}</Tag>}
      </div>
      <p>{suggestion.answer}</p>
      <div className="suggestion-foot">
        <span className="quiet">{suggestionWords.sources(names)}</span>
        <Button size="small" onClick={() => onPick(suggestion.answer)}>
          {suggestionWords.insert}
        </Button>
      </div>
    </li>
  );
}

function emptyText({ asked, available }: Suggestions): string {
  if (!available) return suggestionWords.unavailable;
  return asked === null ? suggestionWords.nothingAsked : suggestionWords.none;
}

/** What the FAQ answers to the customer's last words. */
export function AnswerSuggestions({ conversationId, onPick }: AnswerSuggestionsProps) {
  const { data: log } = useMessages(conversationId);
  const spoken = (log?.messages ?? []).filter((message) => message.sender === "customer");
  const seq = spoken[spoken.length - 1]?.seq ?? 0;
  const { data, error, isFetching, refetch } = useSuggestions(conversationId, seq);
  const again = (
    <Button
      size="small"
      type="text"
      icon={<ReloadOutlined />}
      loading={isFetching}
      aria-label={suggestionWords.refresh}
      title={suggestionWords.refresh}
      onClick={() => void refetch()}
    />
  );
  return (
    <Card size="small" title={suggestionWords.title} extra={again} data-testid="suggestions">
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active />}
      {data?.asked && (
        <p className="quiet">{suggestionWords.asked(data.asked.slice(0, SHOWN_QUESTION))}</p>
      )}
      {data && data.items.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={emptyText(data)} />
      )}
      {data && data.items.length > 0 && (
        <ul className="suggestion-list">
          {data.items.map((suggestion) => (
            <Line key={suggestion.question} suggestion={suggestion} onPick={onPick} />
          ))}
        </ul>
      )}
    </Card>
  );
}
