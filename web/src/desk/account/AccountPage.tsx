import "../admin/admin.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Card, Form, Input, Skeleton, Tag, Typography } from "antd";
import { useEffect } from "react";
import { adminApi } from "../../api/admin";
import type { OwnAccount } from "../../api/types";
import { adminWords, accountWords as words } from "../../messages/admin.zh-CN";
import { deskWords } from "../../messages/desk.zh-CN";
import { formatTime } from "../../shared/time";
import { ErrorPanel, messageOf } from "../components/ErrorPanel";
import { deviceName } from "./device";
import { SecondFactor } from "./SecondFactor";
import { TelephoneForm } from "./TelephoneForm";

const ownAccountKey = ["own-account"] as const;
const required = { required: true, message: words.missing };

interface Passwords {
  current: string;
  fresh: string;
}

function ChangePassword() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: ({ current, fresh }: Passwords) => adminApi.changePassword(current, fresh),
    onSuccess: () => {
      form.resetFields();
      void message.success(words.changed);
      void client.invalidateQueries({ queryKey: ownAccountKey });
    },
  });
  return (
    <Card size="small" title={words.password}>
      <Form<Passwords> form={form} layout="vertical" onFinish={(values) => change.mutate(values)}>
        <Form.Item name="current" label={words.current} rules={[required]}>
          <Input.Password autoComplete="current-password" data-testid="password-current" />
        </Form.Item>
        <Form.Item name="fresh" label={words.new} rules={[required]}>
          <Input.Password autoComplete="new-password" data-testid="password-new" />
        </Form.Item>
        <Form.Item
          name="again"
          label={words.again}
          dependencies={["fresh"]}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, typed) =>
                !typed || typed === getFieldValue("fresh")
                  ? Promise.resolve()
                  : Promise.reject(new Error(words.differ)),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" data-testid="password-again" />
        </Form.Item>
        {change.error && (
          <p>
            <Typography.Text type="danger">{messageOf(change.error)}</Typography.Text>
          </p>
        )}
        <Button
          type="primary"
          htmlType="submit"
          loading={change.isPending}
          data-testid="password-change"
        >
          {words.change}
        </Button>
      </Form>
    </Card>
  );
}

function Sessions({ sessions }: { sessions: OwnAccount["sessions"] }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const end = useMutation({
    mutationFn: (id: string | null) =>
      id === null ? adminApi.endOtherSessions() : adminApi.endSession(id),
    onSuccess: () => void message.success(words.ended),
    onError: (error) => void message.error(messageOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ownAccountKey }),
  });
  return (
    <Card
      size="small"
      title={words.sessions}
      data-testid="sessions"
      extra={
        sessions.length > 1 && (
          <Button size="small" onClick={() => end.mutate(null)}>
            {words.endOthers}
          </Button>
        )
      }
    >
      {sessions.map((session) => (
        <div key={session.id} className="session-line">
          <span>
            {deviceName(session.user_agent) ?? words.unknownDevice}{" "}
            {session.current && <Tag color="green">{words.thisOne}</Tag>}
            <div className="quiet">
              {session.ip} {words.since(formatTime(session.created_at))}
            </div>
          </span>
          {!session.current && (
            <Button size="small" onClick={() => end.mutate(session.id)}>
              {words.end}
            </Button>
          )}
        </div>
      ))}
    </Card>
  );
}

/** One's own password, log-ins, second factor and telephone. */
export function AccountPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ownAccountKey,
    queryFn: ({ signal }) => adminApi.own(signal),
  });
  useEffect(() => {
    document.title = `${adminWords.account} · ${deskWords.title}`;
  }, []);
  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{adminWords.account}</Typography.Title>
      </div>
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active />}
      {data && (
        <div className="account-areas">
          <ChangePassword />
          <div className="ticket-column">
            <SecondFactor on={data.second_factor} onChanged={() => void refetch()} />
            <TelephoneForm telephone={data.telephone} onSaved={() => void refetch()} />
            <Sessions sessions={data.sessions} />
          </div>
        </div>
      )}
    </>
  );
}
