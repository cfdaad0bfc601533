import { App } from "antd";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { InboxItem, User } from "../../api/types";
import { inboxWords as words } from "../../messages/inbox.zh-CN";
import { useNoticeHerald } from "../realtime/RealtimeProvider";
import { useMarkRead } from "./inboxQueries";
import { noticePage } from "./noticePage";

const SECONDS = 12;
/** More than these at once would cover the conversation: one says how many there are. */
const MOST_AT_ONCE = 3;
const SEVERAL = "several-notices";

/** One toast a ticket, however many were told about it. */
function byTicket(notices: readonly InboxItem[]): Map<string, InboxItem[]> {
  const groups = new Map<string, InboxItem[]>();
  for (const notice of notices) {
    const key = notice.ticket_number ?? notice.id;
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  return groups;
}

const kindOf = (notices: readonly InboxItem[]) =>
  notices.some(({ urgent }) => urgent) ? "error" : "warning";

/** Shows notices as they come, unless the inbox is open; a click leads to what they are about. */
export function useNoticeToast(role: User["role"], open: boolean, openPanel: () => void): void {
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const { mutate: markRead } = useMarkRead();
  const herald = useNoticeHerald();
  const toast = (key: string, notices: readonly InboxItem[], title: string, onClick: () => void) =>
    notification.open({
      key,
      title,
      type: kindOf(notices),
      placement: "bottomRight",
      duration: SECONDS,
      className: "notice-toast",
      onClick: () => {
        notification.destroy(key);
        onClick();
      },
    });
  const show = (notices: readonly InboxItem[]) => {
    if (open) return;
    const groups = byTicket(notices);
    if (groups.size > MOST_AT_ONCE) {
      toast(SEVERAL, notices, words.several(notices.length), openPanel);
      return;
    }
    for (const [key, group] of groups) {
      const [first] = group;
      if (!first) continue;
      toast(key, group, first.title, () => {
        markRead({ ids: group.map(({ id }) => id) });
        void navigate(noticePage(first, role));
      });
    }
  };
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => herald.subscribe((notices) => latest.current(notices)), [herald]);
  useEffect(() => {
    if (open) notification.destroy();
  }, [open, notification]);
}
