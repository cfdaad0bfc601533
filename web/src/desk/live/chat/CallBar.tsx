import { Button, Popconfirm } from "antd";
import type { CallDeed, LiveDetail } from "../../../api/liveTypes";
import { callWords as words } from "../../../messages/live.zh-CN";
import { useSecond } from "../../components/useNow";
import { useCall, useCallDeed } from "../data/liveQueries";
import { callLine } from "../model/callLine";

interface DeedButtonProps {
  deed: CallDeed;
  pending: CallDeed | null;
  act(deed: CallDeed): void;
}

function DeedButton({ deed, pending, act }: DeedButtonProps) {
  const ends = deed === "hang_up";
  const button = (
    <Button
      size="small"
      danger={ends}
      loading={pending === deed}
      disabled={pending !== null && pending !== deed}
      data-testid={`call-${deed}`}
      onClick={ends ? undefined : () => act(deed)}
    >
      {words.deeds[deed]}
    </Button>
  );
  if (!ends) return button;
  return (
    <Popconfirm
      title={words.sure}
      okText={words.deeds.hang_up}
      cancelText={words.cancel}
      okButtonProps={{ danger: true, "data-testid": "call-hang_up-ok" }}
      onConfirm={() => act(deed)}
    >
      {button}
    </Popconfirm>
  );
}

/** A telephone call: who is on it since when, and what can be done with it. */
export function CallBar({ conversation }: { conversation: LiveDetail }) {
  const { data: call } = useCall(conversation);
  const { pending, act } = useCallDeed(conversation.id);
  const now = useSecond();
  if (!call) return null;
  return (
    <div className="live-call" data-testid="live-call" data-standing={call.standing}>
      <span className="live-call-line">{callLine(call, now)}</span>
      {call.deeds.map((deed) => (
        <DeedButton key={deed} deed={deed} pending={pending} act={act} />
      ))}
    </div>
  );
}
