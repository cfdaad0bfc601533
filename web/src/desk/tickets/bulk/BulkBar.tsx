import { Button, Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import type { TicketSummary } from "../../../api/types";
import { kindLabels, severityLabels } from "../../../messages/labels.zh-CN";
import { bulkWords as words } from "../../../messages/lists.zh-CN";
import { supervises } from "../../session/roles";
import { useSession } from "../../session/useSession";
import { useColleagues, useFilterValues } from "../filterQueries";
import { BulkProgress } from "./BulkProgress";
import { type BulkAction, type BulkValues, bulkItems } from "./bulkSteps";
import { useBulk } from "./useBulk";

const FOR_SUPERVISORS = new Set<BulkAction>(["set_responsibility"]);
const WITH_NOTE = new Set<BulkAction>(["await_customer", "withdraw"]);
const required = [{ required: true, message: words.missing }];
const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

function Fields({ action }: { action: BulkAction }) {
  const { data: people = [] } = useColleagues();
  const { data: values } = useFilterValues();
  const { fields } = words;
  const search = { optionFilterProp: "label" };
  return (
    <>
      {action === "assign" && (
        <Form.Item name="assignee" label={fields.assignee} rules={required}>
          <Select
            showSearch={search}
            data-testid="bulk-assignee"
            options={people.map((each) => ({ value: each.username, label: each.display_name }))}
          />
        </Form.Item>
      )}
      {action === "set_responsibility" && (
        <>
          <Form.Item name="department" label={fields.department}>
            <Select
              allowClear
              showSearch={search}
              options={(values?.departments ?? []).map((value) => ({ value, label: value }))}
            />
          </Form.Item>
          <Form.Item name="responsible_person" label={fields.responsible_person} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
        </>
      )}
      {action === "severity" && (
        <Form.Item name="severity" label={fields.severity} rules={required}>
          <Radio.Group options={optionsOf(severityLabels)} data-testid="bulk-severity" />
        </Form.Item>
      )}
      {action === "kind" && (
        <Form.Item name="kind" label={fields.kind} rules={required}>
          <Select options={optionsOf(kindLabels)} />
        </Form.Item>
      )}
      {action === "hazard" && (
        <Form.Item name="hazard" label={fields.hazard} rules={required}>
          <Radio.Group
            options={[
              { value: true, label: words.yes },
              { value: false, label: words.no },
            ]}
          />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={fields.note}
        rules={WITH_NOTE.has(action) ? [{ ...required[0], whitespace: true }] : []}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  );
}

interface BulkDialogProps {
  action: BulkAction;
  count: number;
  onRun(values: BulkValues): void;
  onClose(): void;
}

function BulkDialog({ action, count, onRun, onClose }: BulkDialogProps) {
  const [form] = Form.useForm<BulkValues>();
  return (
    <Modal
      open
      title={words.titles[action]}
      okText={words.run(count)}
      cancelText={words.cancel}
      okButtonProps={{ "data-testid": "bulk-run", danger: action === "withdraw" }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={onRun}>
        <Fields action={action} />
      </Form>
    </Modal>
  );
}

interface BulkBarProps {
  chosen: readonly TicketSummary[];
  onClear(): void;
}

/** What can be done with the tickets that are ticked off. */
export function BulkBar({ chosen, onClear }: BulkBarProps) {
  const user = useSession().data?.user;
  const [action, setAction] = useState<BulkAction | null>(null);
  const { run, start, finish } = useBulk();
  const possible = (Object.keys(words.actions) as BulkAction[]).filter(
    (each) => !FOR_SUPERVISORS.has(each) || (user && supervises(user.role)),
  );
  const end = () => {
    finish();
    onClear();
  };
  if (chosen.length === 0 && run === null) return null;
  return (
    <div className="bulk-bar" data-testid="bulk-bar">
      <strong>{words.selected(chosen.length)}</strong>
      {possible.map((each) => (
        <Button
          key={each}
          size="small"
          danger={each === "withdraw"}
          data-testid={`bulk-${each}`}
          onClick={() => setAction(each)}
        >
          {words.actions[each]}
        </Button>
      ))}
      <Button size="small" type="link" onClick={onClear}>
        {words.clear}
      </Button>
      {action && (
        <BulkDialog
          key={action}
          action={action}
          count={chosen.length}
          onClose={() => setAction(null)}
          onRun={(values) => {
            setAction(null);
            void start(bulkItems(action, values, chosen));
          }}
        />
      )}
      {run && <BulkProgress run={run} onUndo={(items) => void start(items, true)} onClose={end} />}
    </div>
  );
}
