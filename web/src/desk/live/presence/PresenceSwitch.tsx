import { App, Badge, Button, Dropdown, type MenuProps } from "antd";
import type { PresenceState } from "../../../api/liveTypes";
import { presenceWords } from "../../../messages/live.zh-CN";
import { setAlertSettings, useAlertSettings } from "../alerts/alertSettings";
import { playTone } from "../alerts/tone";
import { useMyPresence } from "../data/liveQueries";
import { usePresenceChange } from "./OfflineHint";

const STATES: readonly PresenceState[] = ["online", "busy", "away", "offline"];
export const PRESENCE_DOTS = {
  online: "success",
  busy: "error",
  away: "warning",
  offline: "default",
} as const;

/** Asks the browser, which wants a click for it. */
async function permitted(): Promise<string | null> {
  if (!("Notification" in window)) return presenceWords.unsupported;
  const answer = await Notification.requestPermission();
  return answer === "granted" ? null : presenceWords.refused;
}

function useAlertSwitches() {
  const { message } = App.useApp();
  const settings = useAlertSettings();
  const switchSound = () => {
    setAlertSettings({ ...settings, sound: !settings.sound });
    if (!settings.sound) playTone("customer_wrote");
  };
  const switchDesktop = async () => {
    const refusal = settings.desktop ? null : await permitted();
    if (refusal !== null) void message.warning(refusal);
    else setAlertSettings({ ...settings, desktop: !settings.desktop });
  };
  return { settings, switchSound, switchDesktop };
}

/** How I am there, what I have at hand, and how I want to be called. */
export function PresenceSwitch() {
  const { data: mine } = useMyPresence();
  const alerts = useAlertSwitches();
  const change = usePresenceChange();
  const state = mine?.state ?? "offline";
  const items: MenuProps["items"] = [
    ...STATES.map((each) => ({
      key: each,
      "data-testid": `presence-${each}`,
      label: (
        <span>
          <Badge status={PRESENCE_DOTS[each]} text={presenceWords.states[each]} />{" "}
          <span className="quiet">{presenceWords.hint[each]}</span>
        </span>
      ),
    })),
    { type: "divider" },
    { key: "sound", label: presenceWords.sound, extra: alerts.settings.sound ? "✓" : "" },
    { key: "desktop", label: presenceWords.desktop, extra: alerts.settings.desktop ? "✓" : "" },
  ];
  const choose: MenuProps["onClick"] = ({ key }) => {
    if (key === "sound") alerts.switchSound();
    else if (key === "desktop") void alerts.switchDesktop();
    else change.mutate(key as PresenceState);
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, onClick: choose, selectable: true, selectedKeys: [state] }}
    >
      <Button
        type="text"
        loading={change.isPending}
        title={presenceWords.title}
        data-testid="presence"
        data-state={state}
      >
        <Badge status={PRESENCE_DOTS[state]} />
        <span className="presence-state">{presenceWords.states[state]}</span>
        {mine && (
          <span className="quiet presence-load">
            {presenceWords.load(mine.load, mine.capacity)}
          </span>
        )}
      </Button>
    </Dropdown>
  );
}
