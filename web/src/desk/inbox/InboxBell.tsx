import "./inbox.css";
import { BellOutlined } from "@ant-design/icons";
import { Badge, Button } from "antd";
import { useState } from "react";
import type { User } from "../../api/types";
import { inboxWords as words } from "../../messages/inbox.zh-CN";
import { useHotkeys } from "../keyboard/useHotkeys";
import { InboxPanel } from "./InboxPanel";
import { useInbox } from "./inboxQueries";
import { useNoticeToast } from "./useNoticeToast";

/** How many notices are unread; a click, or `g i`, shows them. */
export function InboxBell({ role }: { role: User["role"] }) {
  const [open, setOpen] = useState(false);
  const unread = useInbox().data?.unread ?? 0;
  useNoticeToast(role, open, () => setOpen(true));
  useHotkeys({ "g i": () => setOpen(true) });
  return (
    <>
      <Badge count={unread} size="small" offset={[-6, 8]} overflowCount={99}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={words.bell(unread)}
          title={words.bell(unread)}
          data-testid="inbox-bell"
          data-unread={unread}
          onClick={() => setOpen(true)}
        />
      </Badge>
      {open && <InboxPanel role={role} onClose={() => setOpen(false)} />}
    </>
  );
}
