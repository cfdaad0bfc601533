import {
  ApiOutlined,
  EyeOutlined,
  LogoutOutlined,
  SettingOutlined,
  TeamOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Tag } from "antd";
import { useNavigate } from "react-router";
import { deskApi } from "../../api/desk";
import { isUnauthorized } from "../../api/errors";
import type { User } from "../../api/types";
import { adminWords } from "../../messages/admin.zh-CN";
import { layoutWords } from "../../messages/desk.zh-CN";
import { roleLabels } from "../../messages/labels.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { supervises } from "../session/roles";
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
  const navigate = useNavigate();
  const page = (path: string, label: string, icon: React.ReactNode) => ({
    key: path,
    icon,
    label,
    onClick: () => void navigate(path),
  });
  const pages = [
    page("/account", adminWords.account, <SettingOutlined />),
    ...(supervises(user.role)
      ? [
          page("/admin/channels", adminWords.channels, <ApiOutlined />),
          page("/admin/reveals", adminWords.reveals, <EyeOutlined />),
        ]
      : []),
    ...(user.role === "admin" ? [page("/admin/users", adminWords.users, <TeamOutlined />)] : []),
  ];
  const logoutItem = {
    key: "logout",
    icon: <LogoutOutlined />,
    label: layoutWords.logout,
    "data-testid": "logout",
    onClick: () => logout.mutate(),
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items: [...pages, { type: "divider" }, logoutItem] }}>
      <Button type="text" icon={<UserOutlined />} data-testid="account" loading={logout.isPending}>
        <span className="account-name">{user.display_name}</span>
        <Tag variant="filled" className="account-role">
          {roleLabels[user.role]}
        </Tag>
      </Button>
    </Dropdown>
  );
}
