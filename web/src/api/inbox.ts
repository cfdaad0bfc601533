/** What somebody at the desk was told, and what of it they have read. */
import { deskRequest } from "./deskRequest";
import { toQuery } from "./http";
import type { Inbox, InboxRead, Unread } from "./types";

const INBOX = "/api/v1/inbox";

export interface InboxQuery {
  unread_only: boolean;
  limit: number;
}

export const inboxApi = {
  inbox: (query: InboxQuery, signal?: AbortSignal) =>
    deskRequest<Inbox>(`${INBOX}${toQuery({ ...query })}`, { signal }),

  read: (which: InboxRead) => deskRequest<Unread>(`${INBOX}/read`, { method: "POST", body: which }),
};
