import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { listsApi } from "../../api/lists";
import type { ExportRequest } from "../../api/types";
import { exportWords as words } from "../../messages/lists.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { ReasonModal } from "../reveal/RevealButton";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { type Chosen, toApiFilters } from "./filters";

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

interface ExportButtonProps {
  chosen: Chosen;
  total: number;
}

/** The list as a file. Whole numbers are for supervisors, who say why. */
export function ExportButton({ chosen, total }: ExportButtonProps) {
  const { message } = App.useApp();
  const user = useSession().data?.user;
  const [working, setWorking] = useState(false);
  const [why, setWhy] = useState(false);
  const fetchFile = async (request: ExportRequest) => {
    setWorking(true);
    try {
      const filters = toApiFilters(chosen) as ExportRequest["filters"];
      const file = await listsApi.exported({ ...request, filters });
      const day = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
      save(file, words.file(day, request.format ?? "csv"));
      void message.success(words.done(total));
    } finally {
      setWorking(false);
    }
  };
  const tryFile = (format: "csv" | "xlsx") =>
    fetchFile({ format }).catch((error: unknown) => void message.error(messageOf(error)));
  const items = [
    { key: "csv", label: words.csv, "data-testid": "export-csv" },
    { key: "xlsx", label: words.xlsx, "data-testid": "export-xlsx" },
    ...(user && supervises(user.role)
      ? [{ key: "whole", label: words.whole, "data-testid": "export-whole" }]
      : []),
  ];
  return (
    <>
      <Dropdown
        trigger={["click"]}
        disabled={total === 0}
        menu={{
          items,
          onClick: ({ key }) =>
            key === "whole" ? setWhy(true) : void tryFile(key === "xlsx" ? "xlsx" : "csv"),
        }}
      >
        <Button icon={<DownloadOutlined />} loading={working} data-testid="export">
          {words.title}
        </Button>
      </Dropdown>
      {why && (
        <ReasonModal
          title={words.wholeTitle}
          text={words.wholeText}
          ok={words.ok}
          onReason={(reason) => fetchFile({ format: "xlsx", whole_numbers: true, reason })}
          onClose={() => setWhy(false)}
        />
      )}
    </>
  );
}
