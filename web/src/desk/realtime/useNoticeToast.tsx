import { App } from "antd";
import { useNavigate } from "react-router";
import type { NoticeEvent } from "../../api/types";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { isFor } from "./noticeTargets";

const SECONDS = 12;

/** Shows a notice to whom it concerns; a click leads to the ticket, or to the wall for what is none. */
export function useNoticeToast(): (event: NoticeEvent) => void {
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const user = useSession().data?.user;
  return (event) => {
    if (user === undefined || !isFor(event.target, user)) return;
    const key = event.ticket_number ?? event.id;
    const elsewhere = supervises(user.role) ? "/wall" : "/register";
    const page = event.ticket_number === null ? elsewhere : `/tickets/${event.ticket_number}`;
    notification.open({
      key,
      type: event.urgent ? "error" : "warning",
      title: event.title,
      placement: "bottomRight",
      duration: SECONDS,
      className: "notice-toast",
      onClick: () => {
        notification.destroy(key);
        void navigate(page);
      },
    });
  };
}
