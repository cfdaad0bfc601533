import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Empty, Flex, Form, Input, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { ordersApi, type Technician, type TechnicianBody } from "../../api/orders";
import { joinWords } from "../../messages/desk.zh-CN";
import { orderFormWords, technicianWords as words } from "../../messages/orders.zh-CN";
import { messageOf } from "../components/ErrorPanel";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { techniciansKey, useDispatchMap, useTechnicians } from "./orderQueries";

const required = [{ required: true, message: orderFormWords.required(words.name) }];

function Entry({ technician, onDone }: { technician: Technician | null; onDone(): void }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const map = useDispatchMap().data;
  const options = (some: { id: string; name: string }[] = []) =>
    some.map(({ id, name }) => ({ value: id, label: name }));
  const save = async (values: TechnicianBody) => {
    const { username, phone, skills = [] } = values;
    const body = { ...values, skills, username: username || null, phone: phone || null };
    try {
      await ordersApi.saveTechnician(technician?.id ?? null, body);
    } catch (error) {
      void message.warning(messageOf(error));
      return;
    }
    void message.success(words.saved);
    await client.invalidateQueries({ queryKey: techniciansKey });
    onDone();
  };
  return (
    <Form<TechnicianBody>
      layout="vertical"
      initialValues={technician ?? { active: true, regions: [], skills: [] }}
      onFinish={save}
      data-testid="technician-form"
    >
      <Form.Item name="name" label={words.name} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="username" label={words.username}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label={words.phone}>
        <Input inputMode="tel" />
      </Form.Item>
      <Form.Item
        name="regions"
        label={words.regions}
        rules={[{ required: true, message: orderFormWords.required(words.regions) }]}
      >
        <Select mode="multiple" options={options(map?.regions)} />
      </Form.Item>
      <Form.Item name="skills" label={words.skills}>
        <Select mode="multiple" options={options(map?.skills)} />
      </Form.Item>
      <Form.Item name="active" label={words.active}>
        <Switch />
      </Form.Item>
      <Flex gap="small" justify="end">
        <Button onClick={onDone}>{orderFormWords.cancel}</Button>
        <Button type="primary" htmlType="submit">
          {words.save}
        </Button>
      </Flex>
    </Form>
  );
}

/** Who can be sent, where, for what; supervisors keep the list. */
export function TechniciansDrawer({ onClose }: { onClose(): void }) {
  const role = useSession().data?.user.role;
  const may = role !== undefined && supervises(role);
  const people = useTechnicians().data ?? [];
  const regions = useDispatchMap().data?.regions ?? [];
  const named = (id: string) => regions.find((region) => region.id === id)?.name ?? id;
  const [edited, setEdited] = useState<Technician | "new" | null>(null);
  if (edited !== null) {
    return (
      <Drawer open title={words.title} onClose={() => setEdited(null)}>
        <Entry technician={edited === "new" ? null : edited} onDone={() => setEdited(null)} />
      </Drawer>
    );
  }
  return (
    <Drawer
      open
      title={words.title}
      onClose={onClose}
      extra={may && <Button onClick={() => setEdited("new")}>{words.add}</Button>}
    >
      {people.length === 0 && <Empty description={words.none} />}
      {people.map((one) => (
        <div key={one.id} className="ticket-order">
          <span>
            {one.name} {!one.active && <Tag>—</Tag>}
            <br />
            <span className="quiet">{joinWords.listed(one.regions.map(named))}</span>
          </span>
          {may && (
            <Button size="small" onClick={() => setEdited(one)}>
              {words.edit}
            </Button>
          )}
        </div>
      ))}
    </Drawer>
  );
}
