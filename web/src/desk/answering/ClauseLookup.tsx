import "./answering.css";
import { Button, Card, Input } from "antd";
import { useState } from "react";
import { clauseWords } from "../../messages/answering.zh-CN";
import { clauseName } from "../policy/clauseNames";
import { useClauses } from "../policy/policyQueries";
import { foundClauses } from "../policy/policySearch";

const MOST = 8;

/** A clause by id or words, to be quoted in a reply together with its id. */
export function ClauseLookup({ onPick }: { onPick(text: string): void }) {
  const [text, setText] = useState("");
  const { data: clauses = [] } = useClauses();
  const found = text.trim() === "" ? [] : foundClauses(clauses, text);
  return (
    <Card size="small" title={clauseWords.title} data-testid="clause-lookup">
      <Input.Search
        allowClear
        size="small"
        value={text}
        maxLength={100}
        placeholder={clauseWords.search}
        aria-label={clauseWords.search}
        data-testid="clause-search"
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() === "" && <p className="quiet">{clauseWords.hint}</p>}
      {text.trim() !== "" && found.length === 0 && <p className="quiet">{clauseWords.none}</p>}
      <ul className="suggestion-list">
        {found.slice(0, MOST).map(({ id, text: wording }) => (
          <li key={id} className="suggestion" data-testid="clause">
            <div className="suggestion-head">
              <b>{clauseName(id, clauses)}</b>
              <Button
                size="small"
                onClick={() => onPick(clauseWords.quoted(wording, clauseName(id, clauses)))}
              >
                {clauseWords.insert}
              </Button>
            </div>
            <p>{wording}</p>
          </li>
        ))}
      </ul>
      {found.length > MOST && <p className="quiet">{clauseWords.more(found.length - MOST)}</p>}
    </Card>
  );
}
