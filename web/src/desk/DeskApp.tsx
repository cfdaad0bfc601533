import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider, theme } from "antd";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { createQueryClient } from "./queryClient";
import { router } from "./routes";
import { useDark } from "./theme/themeMode";

const SHAPE = { borderRadius: 6 };
const LIGHT = { ...SHAPE, colorPrimary: "#1463b8", colorInfo: "#1463b8" };
const DARK = {
  ...SHAPE,
  colorPrimary: "#3d8ee6",
  colorInfo: "#3d8ee6",
  colorLink: "#6cb0f5",
  colorBgContainer: "#181c23",
  colorBgElevated: "#20252e",
  colorBorderSecondary: "#2b313b",
};

/** Language, look, data and routes of the desk. */
export function DeskApp() {
  const dark = useDark();
  const [client] = useState(createQueryClient);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  return (
    <ConfigProvider
      locale={zhCN}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: dark ? DARK : LIGHT,
      }}
      button={{ autoInsertSpace: false }}
    >
      <App>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
