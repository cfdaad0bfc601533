import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { liveActionWords } from "../../../messages/live.zh-CN";
import { type Deeds, quietly } from "../data/useDeeds";
import type { Standing } from "../model/standing";
import type { DialogName } from "./DeedDialogs";

interface Action {
  key: string;
  label: string;
  primary?: boolean;
  act(): void;
}

/** What can be done with the conversation now, the most likely first. */
export function actionsOf(
  may: Standing,
  deeds: Deeds,
  open: (dialog: DialogName) => void,
): Action[] {
  const words = liveActionWords;
  const all: (Action & { when: boolean })[] = [
    {
      key: "claim",
      label: words.claim,
      primary: true,
      when: may.canClaim,
      act: () => quietly(deeds.claim()),
    },
    {
      key: "takeOver",
      label: words.takeOver,
      primary: may.state === "bot",
      when: may.canTakeOver,
      act: () => (may.state === "bot" ? quietly(deeds.takeOver(null)) : open("takeOver")),
    },
    { key: "join", label: words.join, when: may.canJoin, act: () => quietly(deeds.join()) },
    { key: "leave", label: words.leave, when: may.canLeave, act: () => quietly(deeds.leave()) },
    { key: "handBack", label: words.handBack, when: may.canHandBack, act: () => open("handBack") },
    { key: "transfer", label: words.transfer, when: may.canTransfer, act: () => open("transfer") },
    { key: "reopen", label: words.reopen, when: may.canReopen, act: () => quietly(deeds.reopen()) },
    { key: "close", label: words.close, when: may.canClose, act: () => open("close") },
    { key: "assign", label: words.assign, when: may.canAssign, act: () => open("assign") },
  ];
  return all.filter((action) => action.when);
}

interface DeedBarProps {
  actions: readonly Action[];
  pending: string | null;
  /** So many stand as buttons, the rest in a menu. */
  room: number;
}

export function DeedBar({ actions, pending, room }: DeedBarProps) {
  const shown = actions.slice(0, room);
  const rest = actions.slice(room);
  return (
    <span className="live-deeds" data-testid="live-deeds">
      {shown.map(({ key, label, primary, act }) => (
        <Button
          key={key}
          size="small"
          type={primary ? "primary" : "default"}
          loading={pending === key}
          data-testid={`deed-${key}`}
          onClick={act}
        >
          {label}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map(({ key, label }) => ({ key, label, "data-testid": `deed-${key}` })),
            onClick: ({ key }) => rest.find((action) => action.key === key)?.act(),
          }}
        >
          <Button size="small" icon={<DownOutlined />} iconPlacement="end" data-testid="deed-more">
            {liveActionWords.more}
          </Button>
        </Dropdown>
      )}
    </span>
  );
}
