import { App, Button, Flex, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { ApiError } from "../../api/errors";
import { revealWords as words } from "../../messages/lists.zh-CN";
import { messageOf } from "../components/ErrorPanel";

const LONGEST = 200;
const SHORTEST = 2;

interface ReasonModalProps {
  title: string;
  text: string;
  ok: string;
  onReason(reason: string): Promise<void>;
  onClose(): void;
}

/** Asks why a number is needed; what was typed stays when it is refused. */
export function ReasonModal({ title, text, ok, onReason, onClose }: ReasonModalProps) {
  const [form] = Form.useForm<{ reason: string }>();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const send = async ({ reason }: { reason: string }) => {
    setAsking(true);
    setRefused(null);
    try {
      await onReason(reason.trim());
      onClose();
    } catch (error) {
      setRefused(messageOf(error));
    } finally {
      setAsking(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={ok}
      cancelText={words.cancel}
      confirmLoading={asking}
      okButtonProps={{ "data-testid": "reveal-ok" }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet">{text}</p>
      <Form form={form} layout="vertical" onFinish={send}>
        <Form.Item
          name="reason"
          label={words.reason}
          rules={[
            { required: true, whitespace: true, min: SHORTEST, message: words.reasonMissing },
          ]}
        >
          <Input autoFocus maxLength={LONGEST} data-testid="reveal-reason" />
        </Form.Item>
        <Flex wrap gap="small">
          {words.reasons.map((reason) => (
            <Button key={reason} size="small" onClick={() => form.setFieldsValue({ reason })}>
              {reason}
            </Button>
          ))}
        </Flex>
      </Form>
      {refused && <Typography.Text type="danger">{refused}</Typography.Text>}
    </Modal>
  );
}

interface RevealButtonProps {
  /** What the number is wanted for, in place of seeing it. */
  label?: string;
  /** Asks the server, which keeps it on record. */
  reveal(reason: string | null): Promise<unknown>;
  onRevealed(): void;
}

/** Shows a number in full: at once to whom the matter is given, to others when they have said why. */
export function RevealButton({ label, reveal, onRevealed }: RevealButtonProps) {
  const { message } = App.useApp();
  const [why, setWhy] = useState(false);
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    try {
      await reveal(null);
      onRevealed();
    } catch (error) {
      if (error instanceof ApiError && error.code === "reason_needed") setWhy(true);
      else void message.error(messageOf(error));
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <Button
        type="link"
        size="small"
        className="inline-button"
        loading={asking}
        data-testid="reveal"
        onClick={() => void ask()}
      >
        {label ?? words.show}
      </Button>
      {why && (
        <ReasonModal
          title={words.title}
          text={words.text}
          ok={words.ok}
          onReason={async (reason) => {
            await reveal(reason);
            onRevealed();
          }}
          onClose={() => setWhy(false)}
        />
      )}
    </>
  );
}
