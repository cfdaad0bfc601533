import { Button, Flex, Form } from "antd";
import type { Order, OrderStep } from "../../api/orders";
import { orderFormWords } from "../../messages/orders.zh-CN";
import { OrderFieldInput } from "./OrderFieldInput";
import { initialValues, orderBody, orderFields, type Values } from "./orderForms";

const HINTS: Readonly<Record<string, string>> = {
  "plan service_class": orderFormWords.byWarranty,
  "sign code": orderFormWords.codeOrName,
  "file_record record": orderFormWords.recordHint,
  "diagnose cause": orderFormWords.causeHint,
};

interface OrderStepFormProps {
  order: Order;
  step: OrderStep;
  sending: boolean;
  onSubmit(body: Values): void;
  onCancel(): void;
}

/** One step of an order as a form; the same at the desk and on the technician's phone. */
export function OrderStepForm({ order, step, sending, onSubmit, onCancel }: OrderStepFormProps) {
  const [form] = Form.useForm<Values>();
  return (
    <Form
      form={form}
      layout="vertical"
      className="order-form"
      data-testid={`order-form-${step}`}
      initialValues={{ ...initialValues(step, order), region_of_order: order.region }}
      scrollToFirstError
      onFinish={() => onSubmit(orderBody(step, form.getFieldsValue(true), order))}
    >
      {orderFields(step).map((field) => (
        <OrderFieldInput key={field.name} field={field} hint={HINTS[`${step} ${field.name}`]} />
      ))}
      <Flex gap="small" justify="end">
        <Button onClick={onCancel}>{orderFormWords.cancel}</Button>
        <Button
          type="primary"
          htmlType="submit"
          danger={step === "cancel"}
          loading={sending}
          data-testid="order-submit"
        >
          {orderFormWords.submit}
        </Button>
      </Flex>
    </Form>
  );
}
