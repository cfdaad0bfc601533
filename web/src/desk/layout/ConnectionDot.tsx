import { Badge } from "antd";
import { layoutWords } from "../../messages/desk.zh-CN";
import { useConnected } from "../realtime/RealtimeProvider";

/** Whether news arrives by itself at the moment. */
export function ConnectionDot() {
  const connected = useConnected();
  return (
    <span role="status" data-testid="connection" data-connected={connected}>
      <Badge
        status={connected ? "success" : "warning"}
        text={connected ? layoutWords.connected : layoutWords.reconnecting}
      />
    </span>
  );
}
