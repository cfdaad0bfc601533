import { LockOutlined } from "@ant-design/icons";
import { composerWords } from "../../../messages/live.zh-CN";
import type { Standing } from "../model/standing";

/** Why nothing can be sent to the customer from here. */
export function LockBar({ may }: { may: Standing }) {
  if (may.canWrite || may.state === "mine") return null;
  const { locked } = composerWords;
  const text = may.state === "colleague" ? locked.colleague(may.holder ?? "") : locked[may.state];
  return (
    <div className="live-lock" data-testid="live-lock" role="status">
      <LockOutlined /> {text}
    </div>
  );
}
