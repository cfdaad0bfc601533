import { Alert, App, Button, Form, Input, Modal, Select } from "antd";
import type { CannedDraft, CannedReply } from "../../api/answering";
import { cannedWords } from "../../messages/answering.zh-CN";
import { useCannedDeeds } from "./answeringQueries";

const words = cannedWords;
const SHORTCUT = /^[^\s/]{1,30}$/;

interface CannedFormProps {
  /** None: a new one. */
  reply: CannedReply | null;
  groups: readonly { id: string; name: string }[];
  onClose(): void;
}

/** One canned reply, with its variables at a click. */
export function CannedForm({ reply, groups, onClose }: CannedFormProps) {
  const { message } = App.useApp();
  const [form] = Form.useForm<CannedDraft>();
  const { save } = useCannedDeeds();
  const submit = (draft: CannedDraft) =>
    save.mutate(
      { id: reply?.id ?? null, draft: { ...draft, group: draft.group ?? null } },
      {
        onSuccess: () => {
          void message.success(words.saved);
          onClose();
        },
      },
    );
  const insert = (name: string) => {
    const text = (form.getFieldValue("text") as string | undefined) ?? "";
    form.setFieldValue("text", `${text}{${name}}`);
    form.focusField("text");
  };
  const required = { required: true, message: words.required, whitespace: true };
  return (
    <Modal
      open
      title={reply ? words.editTitle : words.addTitle}
      okText={words.save}
      cancelText={words.cancel}
      confirmLoading={save.isPending}
      okButtonProps={{ htmlType: "submit", form: "canned-form" }}
      onCancel={onClose}
    >
      {save.error && <Alert type="error" showIcon title={save.error.message} role="alert" />}
      <Form
        id="canned-form"
        form={form}
        layout="vertical"
        initialValues={reply ?? {}}
        onFinish={submit}
      >
        <Form.Item
          name="shortcut"
          label={words.columns.shortcut}
          rules={[{ required: true, pattern: SHORTCUT, message: words.shortcutHelp }]}
        >
          <Input maxLength={30} prefix="/" data-testid="canned-shortcut" />
        </Form.Item>
        <Form.Item name="title" label={words.columns.title} rules={[required]}>
          <Input maxLength={60} data-testid="canned-title" />
        </Form.Item>
        <Form.Item name="text" label={words.columns.text} rules={[required]}>
          <Input.TextArea
            maxLength={1_000}
            showCount
            autoSize={{ minRows: 3, maxRows: 10 }}
            data-testid="canned-text"
          />
        </Form.Item>
        <div className="canned-variables">
          <span className="quiet">{words.insertVariable}</span>
          {Object.entries(words.variables).map(([name, label]) => (
            <Button key={name} size="small" onClick={() => insert(name)}>
              {label}
            </Button>
          ))}
        </div>
        <Form.Item name="group" label={words.columns.group}>
          <Select
            allowClear
            placeholder={words.everybody}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
