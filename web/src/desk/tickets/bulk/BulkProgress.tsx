import { Alert, Button, List, Modal, Progress } from "antd";
import { Link } from "react-router";
import type { BulkItem } from "../../../api/types";
import { bulkWords as words } from "../../../messages/lists.zh-CN";
import { tally } from "./bulkSteps";
import type { BulkRun } from "./useBulk";

interface BulkProgressProps {
  run: BulkRun;
  onUndo(items: BulkItem[]): void;
  onClose(): void;
}

/** How far it is, then what became of each, and the way back. */
export function BulkProgress({ run, onUndo, onClose }: BulkProgressProps) {
  const { done, refused, undo } = tally(run.results);
  const handled = run.results.length;
  const summary = run.undoing
    ? words.undone(done, refused.length)
    : words.summary(done, refused.length);
  return (
    <Modal
      open
      closable={!run.running}
      mask={{ closable: false }}
      title={run.running ? words.progress(handled, run.all) : summary}
      onCancel={onClose}
      footer={[
        !run.undoing && !run.running && undo.length > 0 && (
          <Button key="undo" data-testid="bulk-undo" onClick={() => onUndo(undo)}>
            {words.undo(undo.length)}
          </Button>
        ),
        <Button
          key="close"
          type="primary"
          disabled={run.running}
          data-testid="bulk-close"
          onClick={onClose}
        >
          {words.close}
        </Button>,
      ]}
    >
      <div data-testid="bulk-progress" data-done={done} data-refused={refused.length}>
        <Progress
          percent={Math.round((handled / run.all) * 100)}
          status={refused.length > 0 || run.stopped ? "exception" : undefined}
        />
        {run.stopped && (
          <Alert type="error" showIcon title={words.stopped} description={run.stopped} />
        )}
        {refused.length > 0 && (
          <List
            size="small"
            dataSource={refused}
            renderItem={({ number, error }) => (
              <List.Item>
                <Link to={`/tickets/${number}`}>{number}</Link>
                <span>{error?.message}</span>
              </List.Item>
            )}
          />
        )}
      </div>
    </Modal>
  );
}
