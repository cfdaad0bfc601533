import { Button, Drawer, Empty, Grid, Segmented, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Inbox, InboxItem, User } from "../../api/types";
import { inboxWords as words } from "../../messages/inbox.zh-CN";
import { formatShortTime, formatTime } from "../../shared/time";
import { ErrorLine, ErrorPanel } from "../components/ErrorPanel";
import { useNow } from "../components/useNow";
import { MOST, PAGE, useInbox, useMarkRead } from "./inboxQueries";
import { noticePage } from "./noticePage";

const WIDE = 440;

interface NoticeLineProps {
  notice: InboxItem;
  role: User["role"];
  onOpen(): void;
  onRead(): void;
}

function NoticeLine({ notice, role, onOpen, onRead }: NoticeLineProps) {
  const now = useNow();
  const { title, text, urgent, ticket_number: number, at, target_name: target } = notice;
  const unread = notice.read_at === null;
  return (
    <li className="inbox-line" data-testid="inbox-line" data-unread={unread}>
      <Link to={noticePage(notice, role)} className="inbox-what" onClick={onOpen}>
        {urgent && <Tag color="red">{words.urgent}</Tag>}
        {title}
      </Link>
      {text !== title && <div className="quiet own-words">{text}</div>}
      <div className="quiet inbox-meta">
        <span>
          {number !== null && <span className="ticket-number">{words.ticket(number)} · </span>}
          {words.to(target)} ·{" "}
          <time dateTime={at} title={formatTime(at)}>
            {formatShortTime(at, now)}
          </time>
        </span>
        {unread ? (
          <Button size="small" type="link" className="inline-button" onClick={onRead}>
            {words.read}
          </Button>
        ) : (
          <span>{words.markedRead}</span>
        )}
      </div>
    </li>
  );
}

interface NoticesProps {
  inbox: Inbox;
  unreadOnly: boolean;
  role: User["role"];
  onClose(): void;
  /** None: the server lists no more. */
  onMore: (() => void) | null;
}

function Notices({ inbox, unreadOnly, role, onClose, onMore }: NoticesProps) {
  const markRead = useMarkRead();
  const { items, total } = inbox;
  if (items.length === 0) {
    const nothing = unreadOnly ? words.noUnread : words.nothing;
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={nothing} />;
  }
  const read = ({ id, read_at }: InboxItem) => {
    if (read_at === null) markRead.mutate({ ids: [id] });
  };
  return (
    <>
      {markRead.error && <ErrorLine error={markRead.error} />}
      <ul className="inbox-list">
        {items.map((notice) => (
          <NoticeLine
            key={notice.id}
            notice={notice}
            role={role}
            onRead={() => read(notice)}
            onOpen={() => {
              read(notice);
              onClose();
            }}
          />
        ))}
      </ul>
      {total > items.length && (
        <div className="quiet inbox-more">
          {words.more(total - items.length)}
          {onMore && (
            <Button type="link" size="small" onClick={onMore}>
              {words.showMore}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** All that is shown was read, and what was written before it; not what comes this very moment. */
function ReadAll({ inbox }: { inbox: Inbox }) {
  const markRead = useMarkRead();
  const newest = inbox.items[0];
  return (
    <Button
      size="small"
      disabled={inbox.unread === 0 || newest === undefined}
      loading={markRead.isPending}
      data-testid="inbox-read-all"
      onClick={() => newest && markRead.mutate({ up_to: newest.at })}
    >
      {words.readAll}
    </Button>
  );
}

/** What one was told while one was elsewhere, the latest first. */
export function InboxPanel({ role, onClose }: { role: User["role"]; onClose(): void }) {
  const wide = Grid.useBreakpoint().md ?? true;
  const [unreadOnly, setUnreadOnly] = useState(true);
  const [limit, setLimit] = useState(PAGE);
  const { data: inbox, error, refetch } = useInbox(unreadOnly, limit);
  return (
    <Drawer
      open
      size={wide ? WIDE : "100%"}
      title={words.title}
      extra={inbox && <ReadAll inbox={inbox} />}
      onClose={onClose}
      data-testid="inbox"
    >
      <Segmented
        block
        size="small"
        aria-label={words.viewsLabel}
        value={unreadOnly ? "unread" : "all"}
        options={(["unread", "all"] as const).map((value) => ({
          value,
          label: words.views[value],
        }))}
        onChange={(view) => {
          setUnreadOnly(view === "unread");
          setLimit(PAGE);
        }}
      />
      {!inbox && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!inbox && !error && <Skeleton active />}
      {inbox && (
        <Notices
          inbox={inbox}
          unreadOnly={unreadOnly}
          role={role}
          onClose={onClose}
          onMore={limit < MOST ? () => setLimit(MOST) : null}
        />
      )}
    </Drawer>
  );
}
