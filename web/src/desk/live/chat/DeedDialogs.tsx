import { Form, Input, Modal, type ModalProps, Segmented, Select } from "antd";
import { useState } from "react";
import type { AgentState, LiveDetail } from "../../../api/liveTypes";
import { chatPaneWords, liveActionWords, presenceWords } from "../../../messages/live.zh-CN";
import { useAgents, useGroups } from "../data/liveQueries";
import { type Deeds, quietly } from "../data/useDeeds";

export type DialogName = "handBack" | "transfer" | "close" | "assign" | "takeOver";

const words = liveActionWords;

type OkButton = ModalProps["okButtonProps"] & { "data-testid"?: string };
const okButton = (values: OkButton): OkButton => ({ ...values, "data-testid": "deed-ok" });
const LONGEST_NOTE = 2_000;

interface DialogProps {
  conversation: LiveDetail;
  deeds: Deeds;
  onClose(): void;
}

interface NoteDialogProps {
  title: string;
  hint: string;
  label: string;
  danger?: boolean;
  required?: boolean;
  busy: boolean;
  onOk(note: string | null): Promise<unknown>;
  onClose(): void;
}

/** A deed that may come with a few words for colleagues. */
function NoteDialog({
  title,
  hint,
  label,
  danger,
  required,
  busy,
  onOk,
  onClose,
}: NoteDialogProps) {
  const [note, setNote] = useState("");
  const missing = required === true && note.trim() === "";
  const ok = () => {
    if (missing) return;
    quietly(onOk(note.trim() || null).then(onClose));
  };
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={words.cancel}
      okButtonProps={okButton({ danger, disabled: missing, loading: busy })}
      onOk={ok}
      onCancel={onClose}
    >
      <p className="quiet">{hint}</p>
      <Input.TextArea
        autoFocus
        rows={3}
        value={note}
        maxLength={LONGEST_NOTE}
        placeholder={label}
        aria-label={label}
        data-testid="deed-note"
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          const chosen = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
          if (!chosen) return;
          event.preventDefault();
          ok();
        }}
      />
    </Modal>
  );
}

const AT_WORK = new Set(["online", "busy"]);

const agentOption = (agent: AgentState) => ({
  value: agent.username,
  label: [
    agent.display_name,
    presenceWords.states[agent.state],
    words.load(agent.load, agent.capacity),
  ].join(chatPaneWords.dot),
});

/** Colleagues at work, those with room first. */
function useColleagues(except: string | undefined) {
  const { data: agents = [] } = useAgents();
  return agents
    .filter((agent) => AT_WORK.has(agent.state) && agent.username !== except)
    .sort((one, other) => one.load / one.capacity - other.load / other.capacity)
    .map(agentOption);
}

function useGroupOptions(except: string | null) {
  const { data: groups = [] } = useGroups();
  return groups
    .filter(({ id }) => id !== except)
    .map(({ id, name, waiting, online }) => ({
      value: id,
      label: [name, words.waiting(waiting), words.online(online)].join(chatPaneWords.dot),
    }));
}

interface TransferValues {
  goal: string;
  note: string;
}

/** To a colleague or a group, with the load of each in sight. */
function TransferDialog({ conversation, deeds, onClose }: DialogProps) {
  const [form] = Form.useForm<TransferValues>();
  const [way, setWay] = useState<"agent" | "group">("agent");
  const colleagues = useColleagues(conversation.agent?.username);
  const groups = useGroupOptions(null);
  const finish = ({ goal, note }: TransferValues) => {
    const to = way === "agent" ? { to_username: goal } : { to_group: goal };
    quietly(deeds.transfer({ ...to, note: note.trim() }).then(onClose));
  };
  return (
    <Modal
      open
      title={words.transfer}
      okText={words.transfer}
      cancelText={words.cancel}
      okButtonProps={okButton({ loading: deeds.pending === "transfer" })}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={finish}>
        <Form.Item label={words.to}>
          <Segmented<"agent" | "group">
            value={way}
            options={[
              { value: "agent", label: words.toAgent },
              { value: "group", label: words.toGroup },
            ]}
            onChange={(next) => {
              setWay(next);
              form.resetFields(["goal"]);
            }}
          />
        </Form.Item>
        <Form.Item name="goal" rules={[{ required: true, message: words.required }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            aria-label={way === "agent" ? words.chooseAgent : words.chooseGroup}
            placeholder={way === "agent" ? words.chooseAgent : words.chooseGroup}
            options={way === "agent" ? colleagues : groups}
            notFoundContent={words.noAgents}
            data-testid="transfer-goal"
          />
        </Form.Item>
        <Form.Item
          name="note"
          label={words.transferNote}
          rules={[{ required: true, whitespace: true, message: words.noteMissing }]}
        >
          <Input.TextArea rows={3} maxLength={LONGEST_NOTE} data-testid="deed-note" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** A supervisor gives it to somebody. */
export function AssignDialog({ conversation, deeds, onClose }: DialogProps) {
  const [username, setUsername] = useState<string>();
  const colleagues = useColleagues(conversation.agent?.username);
  return (
    <Modal
      open
      title={words.assign}
      okText={words.assign}
      cancelText={words.cancel}
      okButtonProps={okButton({
        disabled: !username,
        loading: deeds.pending === "assign",
      })}
      onOk={() => username && quietly(deeds.assign(username).then(onClose))}
      onCancel={onClose}
    >
      <Select
        className="whole-width"
        showSearch={{ optionFilterProp: "label" }}
        value={username}
        aria-label={words.chooseAgent}
        placeholder={words.chooseAgent}
        options={colleagues}
        notFoundContent={words.noAgents}
        data-testid="assign-goal"
        onChange={setUsername}
      />
    </Modal>
  );
}

/** The dialog of a deed that needs a word or a choice. */
export function DeedDialog({ name, ...props }: DialogProps & { name: DialogName }) {
  const { conversation, deeds, onClose } = props;
  const common = { onClose, busy: deeds.pending === name };
  if (name === "transfer") return <TransferDialog {...props} />;
  if (name === "assign") return <AssignDialog {...props} />;
  if (name === "handBack") {
    return (
      <NoteDialog
        {...common}
        title={words.handBack}
        hint={words.handBackHint}
        label={words.handBackNote}
        onOk={deeds.handBack}
      />
    );
  }
  if (name === "close") {
    return (
      <NoteDialog
        {...common}
        danger
        title={words.close}
        hint={words.closeHint}
        label={words.closeNote}
        onOk={deeds.close}
      />
    );
  }
  const holder = conversation.agent?.display_name ?? words.someone;
  return (
    <NoteDialog
      {...common}
      required
      title={words.takeOver}
      hint={words.takeOverHint(holder)}
      label={words.takeOverNote}
      onOk={deeds.takeOver}
    />
  );
}
