import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useMatch, useNavigate } from "react-router";
import type { AgentState, LiveCard } from "../../../api/liveTypes";
import { alertWords } from "../../../messages/live.zh-CN";
import { presenceKey } from "../data/liveKeys";
import { knownCard } from "../data/liveUpdates";
import { type Alert, alertFor } from "../model/alerts";
import { customerName } from "../model/words";
import { alertSettings } from "./alertSettings";
import { playTone } from "./tone";

function show(alert: Alert, card: LiveCard, open: () => void): void {
  const last = card.last_messages[card.last_messages.length - 1];
  const text = card.understanding?.summary ?? last?.text ?? alertWords.noWords;
  const notification = new Notification(alertWords[alert](customerName(card)), {
    body: text.slice(0, 120),
    tag: card.id,
  });
  notification.onclick = () => {
    window.focus();
    notification.close();
    open();
  };
}

const mayShow = () => "Notification" in window && Notification.permission === "granted";

/** Tells the person of what concerns them; call it before the news goes into the cache. */
export function useAlerts(username: string): (card: LiveCard) => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = useMatch("/live/:id")?.params.id ?? null;
  return useCallback(
    (card) => {
      const mine = client.getQueryData<AgentState>(presenceKey);
      const looking = document.visibilityState === "visible" && document.hasFocus() ? open : null;
      const who = { username, groups: mine?.groups ?? [], looking };
      const alert = alertFor(knownCard(client, card.id), card, who);
      if (alert === null || mine?.state === "offline") return;
      const { sound, desktop } = alertSettings();
      if (sound) playTone(alert);
      const away = !document.hasFocus();
      if (desktop && away && mayShow()) show(alert, card, () => void navigate(`/live/${card.id}`));
    },
    [client, navigate, open, username],
  );
}
