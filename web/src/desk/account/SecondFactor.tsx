import { useMutation } from "@tanstack/react-query";
import { App, Badge, Button, Card, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { adminApi } from "../../api/admin";
import type { Enrolment } from "../../api/types";
import { adminWords, accountWords as words } from "../../messages/admin.zh-CN";
import { messageOf } from "../components/ErrorPanel";

interface AskProps {
  label: string;
  ok: string;
  secret?: boolean;
  above?: React.ReactNode;
  onGiven(value: string): Promise<unknown>;
  onClose(): void;
}

/** One field that must be right before it goes on; what is wrong is said beside it. */
function Ask({ label, ok, secret, above, onGiven, onClose }: AskProps) {
  const [form] = Form.useForm<{ value: string }>();
  const send = useMutation({ mutationFn: ({ value }: { value: string }) => onGiven(value) });
  const Box = secret ? Input.Password : Input;
  return (
    <Modal
      open
      title={words.factor}
      okText={ok}
      cancelText={adminWords.cancel}
      confirmLoading={send.isPending}
      okButtonProps={{ "data-testid": "factor-ok" }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {above}
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <Form.Item
          name="value"
          label={label}
          rules={[{ required: true, whitespace: true, message: words.missing }]}
        >
          <Box
            autoFocus
            autoComplete={secret ? "current-password" : "one-time-code"}
            data-testid="factor-field"
          />
        </Form.Item>
      </Form>
      {send.error && <Typography.Text type="danger">{messageOf(send.error)}</Typography.Text>}
    </Modal>
  );
}

function Picture({ enrolment }: { enrolment: Enrolment }) {
  const source = `data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qr_svg)}`;
  return (
    <>
      <p>{words.scan}</p>
      <img className="factor-picture" src={source} alt={words.scan} />
      <Typography.Paragraph copyable className="ticket-number">
        {enrolment.secret}
      </Typography.Paragraph>
    </>
  );
}

interface SecondFactorProps {
  on: boolean;
  onChanged(): void;
}

/** A code from a phone beside the password: turning it on, with codes for a lost phone, and off. */
export function SecondFactor({ on, onChanged }: SecondFactorProps) {
  const { modal } = App.useApp();
  const [asking, setAsking] = useState(false);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const begin = async (password: string) => {
    setEnrolment(await adminApi.beginFactor(password));
    setAsking(false);
  };
  const end = async (password: string) => {
    await adminApi.endFactor(password);
    setAsking(false);
    onChanged();
  };
  const confirm = async (code: string) => {
    const codes = await adminApi.confirmFactor(code);
    setEnrolment(null);
    onChanged();
    void modal.info({
      title: words.recovery,
      okText: words.recoveryDone,
      content: (
        <div data-testid="recovery-codes">
          <p>{words.recoveryText}</p>
          <ul className="recovery-codes">
            {codes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      ),
    });
  };
  return (
    <Card size="small" title={words.factor} data-testid="second-factor">
      <p>
        <Badge status={on ? "success" : "default"} text={on ? words.factorOn : words.factorOff} />
      </p>
      <Button danger={on} onClick={() => setAsking(true)} data-testid="factor-switch">
        {on ? words.turnOff : words.turnOn}
      </Button>
      {asking && (
        <Ask
          secret
          label={words.askPassword}
          ok={adminWords.ok}
          onGiven={on ? end : begin}
          onClose={() => setAsking(false)}
        />
      )}
      {enrolment && (
        <Ask
          label={words.code}
          ok={words.confirm}
          above={<Picture enrolment={enrolment} />}
          onGiven={confirm}
          onClose={() => setEnrolment(null)}
        />
      )}
    </Card>
  );
}
