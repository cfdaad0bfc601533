import { Button, Result, Typography } from "antd";
import { ApiError } from "../../api/errors";
import { errorPanelWords } from "../../messages/desk.zh-CN";
import { errorWords } from "../../messages/errors.zh-CN";

interface ErrorPanelProps {
  error: unknown;
  onRetry?: () => void;
  extra?: React.ReactNode;
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : errorWords.other;
}

/** A failed request in readable words, with a way on. */
export function ErrorPanel({ error, onRetry, extra }: ErrorPanelProps) {
  const retry = onRetry && (
    <Button key="retry" type="primary" onClick={onRetry}>
      {errorPanelWords.retry}
    </Button>
  );
  return (
    <Result
      status="warning"
      title={errorPanelWords.title}
      subTitle={messageOf(error)}
      extra={[retry, extra]}
      data-testid="error-panel"
    />
  );
}

/** The same in one line, for a part of a page. */
export function ErrorLine({ error }: { error: unknown }) {
  return <Typography.Text type="warning">{messageOf(error)}</Typography.Text>;
}
