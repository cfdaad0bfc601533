import "./answering.css";
import { App, Button, Input, Space, Table, Typography } from "antd";
import { useEffect, useState } from "react";
import type { CannedReply } from "../../api/answering";
import { cannedWords } from "../../messages/answering.zh-CN";
import { deskWords } from "../../messages/desk.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { useGroups } from "../live/data/liveQueries";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { useCanned, useCannedDeeds } from "./answeringQueries";
import { CannedForm } from "./CannedForm";
import { containing } from "./cannedMatch";

const words = cannedWords;
/** A new one is being written. */
const NEW = "new";

interface DeedsProps {
  reply: CannedReply;
  onEdit(): void;
}

function Deeds({ reply, onEdit }: DeedsProps) {
  const { modal, message } = App.useApp();
  const { drop } = useCannedDeeds();
  const ask = () =>
    modal.confirm({
      title: words.removeAsk(reply.title),
      okText: words.remove,
      okButtonProps: { danger: true },
      cancelText: words.cancel,
      onOk: async () => {
        try {
          await drop.mutateAsync(reply.id);
          void message.success(words.removed);
        } catch (error) {
          void message.error(String((error as Error).message));
        }
      },
    });
  return (
    <Space size="small">
      <Button size="small" type="link" onClick={onEdit}>
        {words.edit}
      </Button>
      <Button size="small" type="link" danger onClick={ask}>
        {words.remove}
      </Button>
    </Space>
  );
}

/** All canned replies; supervisors write them here. */
export function CannedPage() {
  const { data: session } = useSession();
  const { data: replies, error, isPending, refetch } = useCanned();
  const { data: groups = [] } = useGroups();
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<CannedReply | typeof NEW | null>(null);
  const mayWrite = session ? supervises(session.user.role) : false;
  const groupName = (id: string | null) =>
    id === null ? words.everybody : (groups.find((group) => group.id === id)?.name ?? id);
  useEffect(() => {
    document.title = `${words.title} · ${deskWords.title}`;
  }, []);
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{words.title}</Typography.Title>
        <Space wrap>
          <Input.Search
            allowClear
            placeholder={words.search}
            aria-label={words.search}
            data-testid="canned-search"
            onChange={(event) => setText(event.target.value)}
          />
          {mayWrite && (
            <Button type="primary" data-testid="canned-add" onClick={() => setEditing(NEW)}>
              {words.add}
            </Button>
          )}
        </Space>
      </div>
      <p className="quiet">{mayWrite ? words.hint : words.readOnly}</p>
      {error && !replies ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <Table<CannedReply>
          size="small"
          rowKey="id"
          loading={isPending}
          pagination={false}
          scroll={{ x: 720 }}
          dataSource={containing(replies ?? [], text)}
          data-testid="canned-table"
          columns={[
            {
              title: words.columns.shortcut,
              render: (_, { shortcut }) => `/${shortcut}`,
              width: 110,
            },
            { title: words.columns.title, dataIndex: "title", width: 160 },
            { title: words.columns.text, dataIndex: "text", className: "canned-text" },
            { title: words.columns.group, render: (_, { group }) => groupName(group), width: 90 },
            { title: words.columns.used, dataIndex: "used", width: 70, align: "right" },
            ...(mayWrite
              ? [
                  {
                    key: "deeds",
                    width: 130,
                    render: (_: unknown, reply: CannedReply) => (
                      <Deeds reply={reply} onEdit={() => setEditing(reply)} />
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {editing !== null && (
        <CannedForm
          reply={editing === NEW ? null : editing}
          groups={groups}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
