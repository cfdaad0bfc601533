import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Descriptions, Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { liveHelpKeys } from "../../messages/live.zh-CN";
import { helpWords } from "../../messages/wall.zh-CN";
import { useHotkeys } from "./useHotkeys";

function Keys({ keys }: { keys: Readonly<Record<string, string>> }) {
  const items = Object.entries(keys).map(([key, does]) => ({
    key,
    label: <kbd>{key}</kbd>,
    children: does,
  }));
  return <Descriptions size="small" column={1} items={items} />;
}

/** The keys that work on every page, and the sheet that tells of all. */
export function HelpSheet() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  useHotkeys({
    "?": () => setOpen(true),
    "g l": () => navigate("/live"),
    "g t": () => navigate("/tickets"),
    "g w": () => navigate("/wall"),
    "g b": () => navigate("/board"),
    "g p": () => navigate("/policy"),
    "g r": () => navigate("/register"),
    "/": () =>
      document
        .querySelector<HTMLInputElement>("search input[type='search'], search input[type='text']")
        ?.focus(),
  });
  return (
    <>
      <Button
        type="text"
        className="help-button"
        icon={<QuestionCircleOutlined />}
        aria-label={helpWords.open}
        title={helpWords.open}
        onClick={() => setOpen(true)}
      />
      <Modal
        open={open}
        width={760}
        title={helpWords.title}
        footer={null}
        onCancel={() => setOpen(false)}
      >
        <div className="help-sheet" data-testid="help-sheet">
          <Keys keys={helpWords.keys} />
          <Keys keys={liveHelpKeys} />
        </div>
      </Modal>
    </>
  );
}
