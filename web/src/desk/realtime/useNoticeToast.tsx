import { App } from "antd";
import { useNavigate } from "react-router";
import type { NoticeEvent, User } from "../../api/types";
import { useSession } from "../session/useSession";
import { isFor } from "./noticeTargets";

const SECONDS = 12;

/** Shows a notice to whom it concerns; a click leads to the ticket. */
export function useNoticeToast(): (event: NoticeEvent) => void {
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const role: User["role"] | undefined = useSession().data?.user.role;
  return (event) => {
    if (role === undefined || !isFor(event.target, role)) return;
    notification.open({
      key: event.ticket_number,
      type: event.urgent ? "error" : "warning",
      title: event.title,
      placement: "bottomRight",
      duration: SECONDS,
      className: "notice-toast",
      onClick: () => {
        notification.destroy(event.ticket_number);
        void navigate(`/tickets/${event.ticket_number}`);
      },
    });
  };
}
