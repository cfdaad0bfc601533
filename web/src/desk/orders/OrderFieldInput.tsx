import { Button, Flex, Form, Input, InputNumber, Radio, Select } from "antd";
import { joinWords } from "../../messages/desk.zh-CN";
import { orderFieldLabels, orderFormWords } from "../../messages/orders.zh-CN";
import { labelOf } from "../../shared/labels";
import type { OrderField } from "./orderForms";
import { useDispatchMap, useTechnicians } from "./orderQueries";

const FEW = 5;
const YES_NO = [
  { value: true, label: orderFormWords.yes },
  { value: false, label: orderFormWords.no },
];

interface Given {
  id?: string;
  value?: never;
  onChange?: (value: unknown) => void;
  "data-testid"?: string;
}

function Region(props: Given) {
  const regions = useDispatchMap().data?.regions ?? [];
  const options = regions.map(({ id, name }) => ({ value: id, label: name }));
  return <Select {...props} options={options} />;
}

/** Who is at work, those of the order's region first. */
function Sent(props: Given) {
  const people = (useTechnicians().data ?? []).filter((one) => one.active);
  const regions = useDispatchMap().data?.regions ?? [];
  const named = (id: string) => regions.find((region) => region.id === id)?.name ?? id;
  const region = Form.useWatch("region_of_order", { preserve: true }) as string | undefined;
  const near = (one: { regions: string[] }) => (region && one.regions.includes(region) ? 0 : 1);
  const options = [...people]
    .sort((one, other) => near(one) - near(other))
    .map((one) => ({
      value: one.id,
      label: joinWords.withRemark(one.name, joinWords.listed(one.regions.map(named))),
    }));
  return <Select {...props} showSearch={{ optionFilterProp: "label" }} options={options} />;
}

function Parts({ name }: { name: string }) {
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <Flex vertical gap="small">
          {rows.map((row) => (
            <Flex key={row.key} gap="small" align="center">
              <Form.Item noStyle name={[row.name, "name"]}>
                <Input
                  placeholder={orderFormWords.partName}
                  data-testid={`part-name-${row.name}`}
                />
              </Form.Item>
              <Form.Item noStyle name={[row.name, "quantity"]}>
                <InputNumber min={1} max={1000} placeholder={orderFormWords.partQuantity} />
              </Form.Item>
              <Form.Item noStyle name={[row.name, "unit_price"]}>
                <InputNumber
                  stringMode
                  min="0"
                  precision={2}
                  placeholder={orderFormWords.partPrice}
                  data-testid={`part-price-${row.name}`}
                />
              </Form.Item>
              <Button
                size="small"
                aria-label={orderFormWords.dropPart}
                title={orderFormWords.dropPart}
                onClick={() => remove(row.name)}
              >
                ×
              </Button>
            </Flex>
          ))}
          <Button onClick={() => add({ quantity: 1 })} data-testid="add-part">
            {orderFormWords.addPart}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}

function FieldInput({ control, ...props }: Given & Pick<OrderField, "control">) {
  if (typeof control === "object") {
    const options = Object.entries(control).map(([value, label]) => ({ value, label }));
    return options.length < FEW ? (
      <Radio.Group {...props} optionType="button" options={options} />
    ) : (
      <Select {...props} allowClear options={options} />
    );
  }
  switch (control) {
    case "words":
      return <Input.TextArea {...props} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={20_000} />;
    case "yuan":
      return (
        <InputNumber {...props} stringMode min="0" precision={2} suffix={orderFormWords.yuan} />
      );
    case "decimal":
      return <InputNumber {...props} stringMode min="0" />;
    case "count":
      return <InputNumber {...props} min={0} precision={0} />;
    case "yes-no":
      return <Radio.Group {...props} optionType="button" options={YES_NO} />;
    case "day":
      return <Input {...props} type="date" />;
    case "moment":
      return <Input {...props} type="datetime-local" />;
    case "region":
      return <Region {...props} />;
    case "technician":
      return <Sent {...props} />;
    default:
      return <Input {...props} maxLength={2_000} />;
  }
}

/** One field of a step's form, with its label. */
export function OrderFieldInput({ field, hint }: { field: OrderField; hint?: string | undefined }) {
  const label = labelOf(orderFieldLabels, field.name);
  if (field.control === "parts") {
    return (
      <Form.Item label={label}>
        <Parts name={field.name} />
      </Form.Item>
    );
  }
  const rules = field.required ? [{ required: true, message: orderFormWords.required(label) }] : [];
  return (
    <Form.Item name={field.name} label={label} rules={rules} extra={hint}>
      <FieldInput control={field.control} data-testid={`order-field-${field.name}`} />
    </Form.Item>
  );
}
