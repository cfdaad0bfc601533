import "./merging.css";
import { Alert, Button, Card } from "antd";
import { Link } from "react-router";
import type { CustomerFile } from "../../../api/types";
import { mergeWords as words } from "../../../messages/merging.zh-CN";
import { formatTime } from "../../../shared/time";
import { UndoMerge } from "./UndoMerge";

interface MergeHistoryProps {
  file: CustomerFile;
  /** Whether whoever reads may merge, and undo it. */
  mayMerge: boolean;
  onOther(id: string): void;
}

/** What became of a file: what was merged into it, or what it was merged into. */
export function MergeHistory({ file, mayMerge, onOther }: MergeHistoryProps) {
  const { id, merged_into: into, merges } = file;
  const own = merges.filter((merge) => merge.kept_id === id);
  return (
    <>
      {into !== null && (
        <Alert
          showIcon
          type="warning"
          title={words.intoOther}
          action={
            <Button size="small" onClick={() => onOther(into)}>
              {words.seeOther}
            </Button>
          }
        />
      )}
      {own.length > 0 && (
        <Card size="small" title={words.history} data-testid="merges">
          {own.map((merge) => (
            <div key={merge.id} className="merge-line">
              <span>
                {words.mergedBy(merge.author, formatTime(merge.at))}
                {merge.undone_at && (
                  <div className="quiet">
                    {words.undoneBy(merge.undone_by ?? "", formatTime(merge.undone_at))}
                  </div>
                )}
              </span>
              {mayMerge && merge.undone_at === null && <UndoMerge id={merge.id} />}
            </div>
          ))}
        </Card>
      )}
      {mayMerge && into === null && (
        <Link to={`/register/merge?a=${id}`} data-testid="merge-with">
          {words.openWith}
        </Link>
      )}
    </>
  );
}
