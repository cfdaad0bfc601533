import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Select, Typography } from "antd";
import { adminApi } from "../../api/admin";
import type { Account, AccountList, NewAccount } from "../../api/types";
import { adminWords, userWords as words } from "../../messages/admin.zh-CN";
import { roleLabels } from "../../messages/labels.zh-CN";
import { TelephoneFields } from "../account/TelephoneFields";
import { given } from "../account/telephone";
import { messageOf } from "../components/ErrorPanel";
import { usersKey } from "./usersKey";

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const required = { required: true, whitespace: true, message: words.missing };
const NEW = { role: "agent", groups: [], telephone: { phone: null, rung_on: "browser" } } as const;
const ROLES = Object.entries(roleLabels).map(([value, label]) => ({ value, label }));

interface UserFormProps {
  account: Account | null;
  groups: AccountList["groups"];
  onClose(): void;
}

/** A new account, or one that is there already; its user name stays. */
export function UserForm({ account, groups, onClose }: UserFormProps) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewAccount>();
  const save = useMutation({
    mutationFn: (values: NewAccount) =>
      account === null
        ? adminApi.makeUser({ ...values, telephone: given(values.telephone) })
        : adminApi.changeUser(account.id, {
            display_name: values.display_name,
            role: values.role,
            groups: values.groups,
            telephone: given(values.telephone),
          }),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: usersKey });
      void message.success(account === null ? words.made(saved.display_name) : words.done);
      onClose();
    },
  });
  const { fields } = words;
  return (
    <Modal
      open
      title={account === null ? words.add : words.edit}
      okText={adminWords.ok}
      cancelText={adminWords.cancel}
      confirmLoading={save.isPending}
      okButtonProps={{ "data-testid": "user-save" }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<NewAccount>
        form={form}
        layout="vertical"
        autoComplete="off"
        initialValues={account ?? NEW}
        onFinish={(values) => save.mutate(values)}
      >
        {account === null && (
          <Form.Item
            name="username"
            label={fields.username}
            extra={fields.usernameHint}
            rules={[required, { pattern: USERNAME, message: words.badUsername }]}
          >
            <Input autoFocus autoCapitalize="none" data-testid="user-username" />
          </Form.Item>
        )}
        <Form.Item name="display_name" label={fields.display_name} rules={[required]}>
          <Input maxLength={40} data-testid="user-name" />
        </Form.Item>
        <Form.Item name="role" label={fields.role} rules={[required]}>
          <Select options={ROLES} />
        </Form.Item>
        <Form.Item name="groups" label={fields.groups} extra={fields.groupsHint}>
          <Select
            mode="multiple"
            options={groups.map((group) => ({ value: group.id, label: group.name }))}
          />
        </Form.Item>
        <TelephoneFields />
        {account === null && (
          <Form.Item
            name="password"
            label={fields.password}
            extra={fields.passwordHint}
            rules={[required]}
          >
            <Input.Password autoComplete="new-password" data-testid="user-password" />
          </Form.Item>
        )}
      </Form>
      {save.error && <Typography.Text type="danger">{messageOf(save.error)}</Typography.Text>}
    </Modal>
  );
}
