import { Form, Input, Modal } from "antd";
import { escalationWords } from "../../messages/case.zh-CN";
import { ErrorLine } from "../components/ErrorPanel";

interface RemarkModalProps {
  title: string;
  sending: boolean;
  error: unknown;
  onSend(note: string | null): void;
  onClose(): void;
}

/** Asks for a remark that may be left out. */
export function RemarkModal({ title, sending, error, onSend, onClose }: RemarkModalProps) {
  const [form] = Form.useForm<{ note?: string }>();
  return (
    <Modal
      open
      title={title}
      okText={escalationWords.ok}
      cancelText={escalationWords.cancel}
      confirmLoading={sending}
      okButtonProps={{ "data-testid": "remark-ok" }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={({ note }) => onSend(note?.trim() || null)}>
        <Form.Item name="note" label={escalationWords.note}>
          <Input.TextArea autoFocus maxLength={2_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
      {error ? <ErrorLine error={error} /> : null}
    </Modal>
  );
}
