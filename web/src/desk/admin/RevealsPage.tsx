import "./admin.css";
import { useQuery } from "@tanstack/react-query";
import { Result, Skeleton, Table, Tag, Typography } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import { listsApi } from "../../api/lists";
import type { Reveal } from "../../api/types";
import { deskWords } from "../../messages/desk.zh-CN";
import { revealLogWords as words } from "../../messages/lists.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { ErrorPanel } from "../components/ErrorPanel";
import { ListCount } from "../components/ListCount";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";

const MOST = 200;
const PAGES: Readonly<Record<string, string>> = {
  ticket: "/tickets/",
  customer: "/customers/",
  conversation: "/live/",
};

function Subject({ reveal }: { reveal: Reveal }) {
  const page = PAGES[reveal.kind];
  const subject = reveal.kind === "ticket" ? reveal.subject : reveal.subject.slice(0, 8);
  return (
    <>
      <Tag>{labelOf(words.kinds, reveal.kind)}</Tag>
      {page ? (
        <Link to={`${page}${reveal.subject}`}>{subject}</Link>
      ) : (
        <code className="own-words">{reveal.subject}</code>
      )}
    </>
  );
}

/** Who looked at whose number, when and why. */
export function RevealsPage() {
  const role = useSession().data?.user.role;
  const allowed = role !== undefined && supervises(role);
  const { data, error, refetch } = useQuery({
    queryKey: ["reveals"],
    queryFn: ({ signal }) => listsApi.reveals({ limit: MOST }, signal),
    enabled: allowed,
  });
  useEffect(() => {
    document.title = `${words.title} · ${deskWords.title}`;
  }, []);
  if (!allowed) return <Result status="403" title={words.forbidden} />;
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{words.title}</Typography.Title>
        {data && <ListCount shown={data.items.length} total={data.total} />}
      </div>
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 6 }} />}
      {data && (
        <Table<Reveal>
          size="small"
          rowKey="id"
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          dataSource={data.items}
          scroll={{ x: "max-content" }}
          locale={{ emptyText: words.empty }}
          data-testid="reveals"
          columns={[
            { title: words.columns.at, render: (_, one) => formatTime(one.at) },
            {
              title: words.columns.who,
              render: (_, one) => (
                <>
                  {one.display_name} <span className="quiet">{one.username}</span>
                </>
              ),
            },
            { title: words.columns.what, render: (_, one) => <Subject reveal={one} /> },
            {
              title: words.columns.reason,
              render: (_, one) => one.reason ?? <Tag>{words.inCharge}</Tag>,
            },
          ]}
        />
      )}
    </>
  );
}
