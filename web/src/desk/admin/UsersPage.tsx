import "./admin.css";
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Result, Skeleton, Table, type TableColumnsType, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { adminApi } from "../../api/admin";
import type { Account, AccountList } from "../../api/types";
import { adminWords, userWords as words } from "../../messages/admin.zh-CN";
import { deskWords } from "../../messages/desk.zh-CN";
import { roleLabels } from "../../messages/labels.zh-CN";
import { formatTime } from "../../shared/time";
import { ErrorPanel } from "../components/ErrorPanel";
import { RelativeTime } from "../components/RelativeTime";
import { useSession } from "../session/useSession";
import { UserActions } from "./UserActions";
import { UserForm } from "./UserForm";
import { usersKey } from "./usersKey";

function State({ account }: { account: Account }) {
  return (
    <>
      <Tag color={account.active ? "green" : "default"}>
        {account.active ? words.active : words.inactive}
      </Tag>
      {account.locked_until && (
        <Tag color="red" data-testid="user-locked">
          {words.locked(formatTime(account.locked_until))}
        </Tag>
      )}
      {!account.locked_until && account.failures > 0 && (
        <Tag color="orange">{words.failures(account.failures)}</Tag>
      )}
      {account.second_factor && <Tag color="blue">{words.secondFactor}</Tag>}
      {account.sessions > 0 && <Tag>{words.sessions(account.sessions)}</Tag>}
    </>
  );
}

function columns(list: AccountList, edit: (account: Account) => void): TableColumnsType<Account> {
  const names = new Map(list.groups.map((group) => [group.id, group.name]));
  return [
    {
      title: words.columns.name,
      render: (_, account) => (
        <div className="two-lines">
          <strong>{account.display_name}</strong>
          <span className="quiet">{account.username}</span>
        </div>
      ),
    },
    { title: words.columns.role, render: (_, account) => roleLabels[account.role] },
    {
      title: words.columns.groups,
      render: (_, account) =>
        account.groups.length === 0 ? (
          <span className="quiet">{words.everyGroup}</span>
        ) : (
          account.groups.map((group) => <Tag key={group}>{names.get(group) ?? group}</Tag>)
        ),
    },
    { title: words.columns.state, render: (_, account) => <State account={account} /> },
    {
      title: words.columns.login,
      render: (_, account) =>
        account.last_login_at ? <RelativeTime at={account.last_login_at} /> : words.never,
    },
    {
      title: words.columns.actions,
      render: (_, account) => <UserActions account={account} onEdit={() => edit(account)} />,
    },
  ];
}

/** Who may work here, and as what. */
export function UsersPage() {
  const role = useSession().data?.user.role;
  const [editing, setEditing] = useState<Account | "new" | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: usersKey,
    queryFn: ({ signal }) => adminApi.users(signal),
    enabled: role === "admin",
    refetchInterval: 60_000,
  });
  useEffect(() => {
    document.title = `${adminWords.users} · ${deskWords.title}`;
  }, []);
  if (role !== "admin") return <Result status="403" title={adminWords.forbiddenAdmin} />;
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{adminWords.users}</Typography.Title>
        <span className="page-head-end">
          <Button
            type="primary"
            icon={<PlusOutlined />}
            data-testid="user-add"
            onClick={() => setEditing("new")}
          >
            {words.add}
          </Button>
        </span>
      </div>
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {data && (
        <Table<Account>
          size="small"
          rowKey="id"
          pagination={false}
          columns={columns(data, setEditing)}
          dataSource={data.items}
          scroll={{ x: "max-content" }}
          data-testid="users"
        />
      )}
      {editing && data && (
        <UserForm
          account={editing === "new" ? null : editing}
          groups={data.groups}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
