import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider, theme } from "antd";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { createQueryClient } from "./queryClient";
import { router } from "./routes";
import { DARK, DARK_PARTS, LIGHT } from "./theme/palette";
import { useReducedMotion } from "./theme/reducedMotion";
import { useDark } from "./theme/themeMode";

/** Language, look, data and routes of the desk. */
export function DeskApp() {
  const dark = useDark();
  const still = useReducedMotion(); // antd asks the system for some of its parts only, not for dialogs
  const [client] = useState(createQueryClient);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  return (
    <ConfigProvider
      locale={zhCN}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { ...(dark ? DARK : LIGHT), motion: !still },
        components: dark ? DARK_PARTS : {},
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
