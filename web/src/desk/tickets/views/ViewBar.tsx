import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Form, Input, Modal, Popconfirm, Typography } from "antd";
import { useState } from "react";
import type { SavedView, User } from "../../../api/types";
import { viewWords as words } from "../../../messages/lists.zh-CN";
import { messageOf } from "../../components/ErrorPanel";
import { supervises } from "../../session/roles";
import { useSession } from "../../session/useSession";
import { type Chosen, fromApiFilters, noChoice, sameChoice, toApiFilters } from "../filters";
import { useDropView, useKeepView, useViews } from "./viewQueries";

const LONGEST_NAME = 40;

interface SaveViewProps {
  chosen: Chosen;
  user: User;
  onClose(): void;
}

function SaveView({ chosen, user, onClose }: SaveViewProps) {
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string; shared?: boolean }>();
  const keep = useKeepView();
  const save = ({ name, shared = false }: { name: string; shared?: boolean }) =>
    keep.mutate(
      { id: null, view: { name, shared, filters: toApiFilters(chosen) as never } },
      {
        onSuccess: () => {
          void message.success(words.saved(name));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={words.save}
      okText={words.ok}
      cancelText={words.cancel}
      confirmLoading={keep.isPending}
      okButtonProps={{ "data-testid": "view-ok" }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={save}>
        <Form.Item
          name="name"
          label={words.name}
          rules={[{ required: true, whitespace: true, message: words.nameMissing }]}
        >
          <Input autoFocus maxLength={LONGEST_NAME} data-testid="view-name" />
        </Form.Item>
        {supervises(user.role) && (
          <Form.Item name="shared" valuePropName="checked" noStyle>
            <Checkbox>{words.share}</Checkbox>
          </Form.Item>
        )}
      </Form>
      {keep.error && <Typography.Text type="danger">{messageOf(keep.error)}</Typography.Text>}
    </Modal>
  );
}

function DropView({ view }: { view: SavedView }) {
  const { message } = App.useApp();
  const drop = useDropView();
  return (
    <Popconfirm
      title={words.drop(view.name)}
      onConfirm={() =>
        drop.mutate(view, {
          onSuccess: () => void message.success(words.dropped),
          onError: (error) => void message.error(messageOf(error)),
        })
      }
    >
      <Button
        type="text"
        size="small"
        className="view-drop"
        icon={<CloseOutlined />}
        aria-label={words.drop(view.name)}
      />
    </Popconfirm>
  );
}

interface ViewBarProps {
  chosen: Chosen;
  onChoose(chosen: Chosen): void;
}

/** Lists one comes back to: those everybody needs, one's own, and those that supervisors share. */
export function ViewBar({ chosen, onChoose }: ViewBarProps) {
  const user = useSession().data?.user;
  const { data: views = [] } = useViews();
  const [saving, setSaving] = useState(false);
  if (!user) return null;
  const fixed: { name: string; choice: Chosen }[] = [
    { name: words.all, choice: noChoice },
    { name: words.mine, choice: { ...noChoice, assignee: user.username, openOnly: true } },
    { name: words.overdue, choice: { ...noChoice, due: "overdue", byDue: true } },
    { name: words.hazards, choice: { ...noChoice, hazard: true, openOnly: true } },
  ];
  const saved = views.map((view) => ({ view, choice: fromApiFilters(view.filters) }));
  const known = [...fixed, ...saved].some(({ choice }) => sameChoice(choice, chosen));
  const button = (name: string, choice: Chosen, shared = false) => (
    <Button
      size="small"
      type={sameChoice(choice, chosen) ? "primary" : "default"}
      aria-pressed={sameChoice(choice, chosen)}
      title={shared ? words.shared : undefined}
      onClick={() => onChoose(choice)}
    >
      {name}
    </Button>
  );
  return (
    <nav className="view-bar" aria-label={words.title} data-testid="views">
      {fixed.map(({ name, choice }) => (
        <span key={name}>{button(name, choice)}</span>
      ))}
      {saved.map(({ view, choice }) => (
        <span key={view.id} className="view-own" data-view={view.name}>
          {button(view.name, choice, view.shared)}
          {view.mine && sameChoice(choice, chosen) && <DropView view={view} />}
        </span>
      ))}
      {!known && (
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          data-testid="view-save"
          onClick={() => setSaving(true)}
        >
          {words.save}
        </Button>
      )}
      {saving && <SaveView chosen={chosen} user={user} onClose={() => setSaving(false)} />}
    </nav>
  );
}
