import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Flex, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { adminApi } from "../../api/admin";
import type { Account } from "../../api/types";
import { adminWords, userWords as words } from "../../messages/admin.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { useSession } from "../session/useSession";
import { usersKey } from "./usersKey";

function ResetPassword({ account, onClose }: { account: Account; onClose(): void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      adminApi.resetPassword(account.id, password),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: usersKey });
      void message.success(words.done);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${words.reset} · ${account.display_name}`}
      okText={adminWords.ok}
      cancelText={adminWords.cancel}
      confirmLoading={reset.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => reset.mutate(values)}>
        <Form.Item
          name="password"
          label={words.fields.newPassword}
          extra={words.fields.passwordHint}
          rules={[{ required: true, message: words.missing }]}
        >
          <Input.Password autoFocus autoComplete="new-password" />
        </Form.Item>
      </Form>
      {reset.error && <Typography.Text type="danger">{messageOf(reset.error)}</Typography.Text>}
    </Modal>
  );
}

interface UserActionsProps {
  account: Account;
  onEdit(): void;
}

export function UserActions({ account, onEdit }: UserActionsProps) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const me = useSession().data?.user;
  const [resetting, setResetting] = useState(false);
  const act = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onSuccess: () => void message.success(words.done),
    onError: (error) => void message.error(messageOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: usersKey }),
  });
  const sure = (title: string, deed: () => Promise<unknown>) =>
    void modal.confirm({
      title,
      okText: adminWords.ok,
      cancelText: adminWords.cancel,
      onOk: () => act.mutateAsync(deed).catch(() => undefined),
    });
  const { id, display_name: name, active } = account;
  const items = [
    { key: "reset", label: words.reset, onClick: () => setResetting(true) },
    account.sessions > 0 && {
      key: "logOut",
      label: words.logOut,
      onClick: () => sure(words.sure.logOut(name), () => adminApi.endSessions(id)),
    },
    account.second_factor && {
      key: "factorOff",
      label: words.factorOff,
      onClick: () => sure(words.sure.factorOff(name), () => adminApi.endSecondFactor(id)),
    },
    id !== me?.id && {
      key: "active",
      danger: active,
      label: active ? words.deactivate : words.activate,
      onClick: () => {
        const deed = () => adminApi.changeUser(id, { active: !active });
        if (active) sure(words.sure.deactivate(name), deed);
        else act.mutate(deed);
      },
    },
  ].filter((item) => item !== false);
  return (
    <Flex gap="small">
      <Button size="small" onClick={onEdit} data-testid="user-edit">
        {words.edit}
      </Button>
      {account.failures > 0 && (
        <Button
          size="small"
          data-testid="user-unlock"
          onClick={() => act.mutate(() => adminApi.unlock(id))}
        >
          {words.unlock}
        </Button>
      )}
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button size="small" data-testid="user-more">
          {words.more}
        </Button>
      </Dropdown>
      {resetting && <ResetPassword account={account} onClose={() => setResetting(false)} />}
    </Flex>
  );
}
