import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Flex, Form, Input, Modal, Radio, Select, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { deskRequest } from "../../api/deskRequest";
import type { paths } from "../../api/schema";
import { renewalWords as words } from "../../messages/wall.zh-CN";
import { formatShortTime } from "../../shared/time";
import { messageOf } from "../components/ErrorPanel";
import { useNow } from "../components/useNow";
import { useColleagues } from "../session/useColleagues";
import { SideCard } from "./SideCards";

const PATH = "/api/v1/renewals";
const POLL_MS = 60_000;
const key = ["wall", "renewals"] as const;
type Renewals = paths["/api/v1/renewals"]["get"]["responses"][200]["content"]["application/json"];
type Renewal = Renewals["items"][number];

interface Typed {
  how?: string;
  username?: string;
  outcome?: string;
  number?: string;
  ends_on?: { format(pattern: string): string };
  note?: string;
}

type Deed = "notice" | "send" | "close";

function bodyOf(deed: Deed, typed: Typed) {
  if (deed === "notice") return { how: typed.how };
  if (deed === "send") return { username: typed.username };
  const { outcome, number, ends_on, note } = typed;
  const renewed = outcome === "renewed" && { number, ends_on: ends_on?.format("YYYY-MM-DD") };
  return { outcome, note: note || null, ...renewed };
}

function Fields({ deed }: { deed: Deed }) {
  const outcome = Form.useWatch("outcome") as string | undefined;
  const colleagues = useColleagues();
  const rules = [{ required: true, message: words.required }];
  if (deed === "notice") {
    return (
      <Form.Item name="how" label={words.how} rules={rules}>
        <Radio.Group options={words.ways.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
    );
  }
  if (deed === "send") {
    return (
      <Form.Item name="username" label={words.who} rules={rules}>
        <Select showSearch={{ optionFilterProp: "label" }} options={colleagues} />
      </Form.Item>
    );
  }
  return (
    <>
      <Form.Item name="outcome" label={words.outcome} rules={rules}>
        <Radio.Group options={words.outcomes.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      {outcome === "renewed" && (
        <>
          <Form.Item name="number" label={words.number} rules={rules}>
            <Input />
          </Form.Item>
          <Form.Item name="ends_on" label={words.endsOn} rules={rules}>
            <DatePicker />
          </Form.Item>
        </>
      )}
      <Form.Item name="note" label={words.note}>
        <Input.TextArea maxLength={2_000} />
      </Form.Item>
    </>
  );
}

function DeedModal({ renewal, deed, onDone }: { renewal: Renewal; deed: Deed; onDone(): void }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Typed>();
  const send = useMutation({
    mutationFn: (typed: Typed) =>
      deskRequest(`${PATH}/${renewal.id}/${deed}`, {
        method: "POST",
        body: { version: renewal.version, ...bodyOf(deed, typed) },
      }),
    onSuccess: onDone,
    onError: (error) => void message.warning(messageOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <Modal
      open
      title={`${words.deeds[deed]} · ${renewal.contract}`}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onDone}
    >
      <Form form={form} layout="vertical" onFinish={(typed) => send.mutate(typed)}>
        <Fields deed={deed} />
      </Form>
    </Modal>
  );
}

/** Maintenance contracts that end: the customer is told a month ahead, and somebody is sent (R3b-20). */
export function RenewalsCard() {
  const now = useNow();
  const [doing, setDoing] = useState<{ renewal: Renewal; deed: Deed } | null>(null);
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => deskRequest<Renewals>(PATH, { signal }),
    refetchInterval: POLL_MS,
  });
  const { items = [], total = 0 } = data ?? {};
  return (
    <SideCard
      title={words.title}
      shown={items.length}
      total={total}
      empty={words.none}
      error={error}
      testId="wall-renewals"
    >
      {items.map((renewal) => (
        <li key={renewal.id} className="side-line" data-testid="renewal">
          <span>
            <Link to={`/register?customer=${renewal.customer_id}`}>{renewal.customer}</Link>{" "}
            {words.ends(renewal.contract, renewal.ends_on)}
          </span>
          <span className="quiet side-meta">
            <span>
              {renewal.noticed_at ? (
                <Tag color="green">{words.noticed}</Tag>
              ) : (
                <Tag color={renewal.late ? "red" : "orange"}>
                  {words.noticeBy(formatShortTime(renewal.due_at, now))}
                </Tag>
              )}
              {renewal.assignee && words.sent(renewal.assignee)}
            </span>
            <Flex gap={4}>
              {(["notice", "send", "close"] as const).map((deed) => (
                <Button key={deed} size="small" onClick={() => setDoing({ renewal, deed })}>
                  {words.deeds[deed]}
                </Button>
              ))}
            </Flex>
          </span>
        </li>
      ))}
      {doing && <DeedModal {...doing} onDone={() => setDoing(null)} />}
    </SideCard>
  );
}
