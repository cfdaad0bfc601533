import { DesktopOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { layoutWords } from "../../messages/desk.zh-CN";
import { setThemeMode, type ThemeMode, useThemeMode } from "../theme/themeMode";

const ICONS = {
  system: <DesktopOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
} as const;

const MODES: ThemeMode[] = ["system", "light", "dark"];

export function ThemeSwitch() {
  const mode = useThemeMode();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [mode],
        items: MODES.map((each) => ({
          key: each,
          icon: ICONS[each],
          label: layoutWords.themes[each],
        })),
        onClick: ({ key }) => setThemeMode(key as ThemeMode),
      }}
    >
      <Button
        type="text"
        icon={ICONS[mode]}
        aria-label={layoutWords.theme(layoutWords.themes[mode])}
        data-testid="theme-switch"
      />
    </Dropdown>
  );
}
