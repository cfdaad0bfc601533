import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Descriptions, Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { helpWords } from "../../messages/wall.zh-CN";
import { useHotkeys } from "./useHotkeys";

/** The keys that work on every page, and the sheet that tells of all. */
export function HelpSheet() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  useHotkeys({
    "?": () => setOpen(true),
    "g t": () => navigate("/tickets"),
    "g w": () => navigate("/wall"),
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
      <Modal open={open} title={helpWords.title} footer={null} onCancel={() => setOpen(false)}>
        <Descriptions
          size="small"
          column={1}
          data-testid="help-sheet"
          items={Object.entries(helpWords.keys).map(([key, does]) => ({
            key,
            label: <kbd>{key}</kbd>,
            children: does,
          }))}
        />
      </Modal>
    </>
  );
}
