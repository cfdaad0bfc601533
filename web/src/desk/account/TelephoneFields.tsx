import { Form, Input, Radio } from "antd";
import { telephoneWords as words } from "../../messages/admin.zh-CN";

const RINGS = Object.entries(words.rungOn).map(([value, label]) => ({ value, label }));

/** A telephone within a form, as its field `telephone`. */
export function TelephoneFields() {
  return (
    <>
      <Form.Item name={["telephone", "rung_on"]} label={words.rings} extra={words.ringsHint}>
        <Radio.Group options={RINGS} data-testid="telephone-rings" />
      </Form.Item>
      <Form.Item
        name={["telephone", "phone"]}
        label={words.number}
        extra={words.numberHint}
        dependencies={[["telephone", "rung_on"]]}
        rules={[
          ({ getFieldValue }) => ({
            required: getFieldValue(["telephone", "rung_on"]) === "phone",
            whitespace: true,
            message: words.missing,
          }),
        ]}
      >
        <Input type="tel" maxLength={40} autoComplete="tel" data-testid="telephone-number" />
      </Form.Item>
    </>
  );
}
