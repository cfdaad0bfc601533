import { Button, Popover } from "antd";
import { Link } from "react-router";
import { policyWords } from "../../messages/wall.zh-CN";
import { clauseName } from "./clauseNames";
import { useClauses } from "./policyQueries";

function ClauseText({ id }: { id: string }) {
  const { data: clauses, isPending } = useClauses();
  const clause = clauses?.find((each) => each.id === id);
  const missing = isPending ? policyWords.clauseLoading : policyWords.unknownClause;
  return (
    <div className="clause-text" data-testid="clause-text">
      <p className="own-words">{clause?.text ?? missing}</p>
      <Link to={`/policy?view=clauses&text=${encodeURIComponent(id)}`}>
        {policyWords.openViewer}
      </Link>
    </div>
  );
}

/** The id of a clause; a click tells what it says. */
export function ClauseTag({ id }: { id: string }) {
  const { data: clauses } = useClauses();
  return (
    <Popover trigger="click" title={id} content={<ClauseText id={id} />}>
      <Button type="link" size="small" className="inline-button clause-tag" data-testid="clause">
        {clauseName(id, clauses)}
      </Button>
    </Popover>
  );
}
