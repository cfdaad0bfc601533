import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Tag } from "antd";
import { deskApi } from "../../api/desk";
import { isUnauthorized } from "../../api/errors";
import type { User } from "../../api/types";
import { layoutWords } from "../../messages/desk.zh-CN";
import { roleLabels } from "../../messages/labels.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { changeSession } from "../session/useSession";

/** Logging out of a session that has ended already is no failure. */
async function logOut(): Promise<void> {
  try {
    await deskApi.logout();
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
  }
}

export function AccountMenu({ user }: { user: User }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const logout = useMutation({
    mutationFn: logOut,
    onSuccess: () => changeSession(client, null),
    onError: (error) => void message.error(messageOf(error)),
  });
  const logoutItem = {
    key: "logout",
    icon: <LogoutOutlined />,
    label: layoutWords.logout,
    "data-testid": "logout",
    onClick: () => logout.mutate(),
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items: [logoutItem] }}>
      <Button type="text" icon={<UserOutlined />} data-testid="account" loading={logout.isPending}>
        <span className="account-name">{user.display_name}</span>
        <Tag variant="filled" className="account-role">
          {roleLabels[user.role]}
        </Tag>
      </Button>
    </Dropdown>
  );
}
