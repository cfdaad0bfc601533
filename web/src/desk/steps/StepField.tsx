import { Form, type FormInstance, type FormRule, Input, InputNumber, Radio, Select } from "antd";
import { formLabels, lackLabels, stepWords } from "../../messages/case.zh-CN";
import { ticketWords } from "../../messages/desk.zh-CN";
import { detailLabels, fieldLabels } from "../../messages/labels.zh-CN";
import { labelOf } from "../../shared/labels";
import { useColleagues } from "../session/useColleagues";
import type { Control, Field } from "./stepForms";

const FEW = 5;
const LABELS = { ...detailLabels, ...fieldLabels, ...formLabels };
const YES_NO = [
  { value: true, label: ticketWords.yes },
  { value: false, label: ticketWords.no },
];

const RATINGS = stepWords.ratings.map((label, index) => ({ value: index + 1, label }));

export const fieldLabel = (name: string) => labelOf(LABELS, name);
export const lackLabel = (name: string) => labelOf({ ...LABELS, ...lackLabels }, name);

type RuleObject = Exclude<FormRule, (form: FormInstance) => unknown>;

interface InputProps {
  control: Control;
  /** Given by the form. */
  id?: string;
  value?: never;
  onChange?: (value: unknown) => void;
  "data-testid"?: string;
}

function Assignee(props: Omit<InputProps, "control">) {
  return <Select {...props} showSearch={{ optionFilterProp: "label" }} options={useColleagues()} />;
}

function Choice({ control, ...props }: InputProps & { control: Readonly<Record<string, string>> }) {
  const options = Object.entries(control).map(([value, label]) => ({ value, label }));
  return options.length < FEW ? (
    <Radio.Group {...props} optionType="button" options={options} />
  ) : (
    <Select {...props} allowClear options={options} />
  );
}

/** The input that goes with a field. */
function FieldInput({ control, ...props }: InputProps) {
  if (typeof control === "object") return <Choice control={control} {...props} />;
  switch (control) {
    case "words":
      return <Input.TextArea {...props} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={20_000} />;
    case "yuan":
      return (
        <InputNumber
          {...props}
          stringMode
          min="0"
          precision={2}
          suffix={stepWords.yuan}
          className="yuan"
        />
      );
    case "yes-no":
      return <Radio.Group {...props} optionType="button" options={YES_NO} />;
    case "day":
      return <Input {...props} type="date" />;
    case "moment":
      return <Input {...props} type="datetime-local" />;
    case "rating":
      return <Radio.Group {...props} optionType="button" options={RATINGS} />;
    case "assignee":
      return <Assignee {...props} />;
    case "number":
      return <Input {...props} inputMode="numeric" maxLength={20} />;
    case "numbers":
      return <Select {...props} mode="tags" open={false} tokenSeparators={[" ", ","]} />;
    default:
      return <Input {...props} maxLength={2_000} />;
  }
}

interface StepFieldProps {
  field: Field;
  path?: string[];
  /** The step is not taken without it. */
  required?: boolean;
  /** It would be good to know. */
  wanted?: boolean;
  hint?: string | undefined;
}

/** One field of a step's form, with its label. */
export function StepField({ field, path, required, wanted, hint }: StepFieldProps) {
  const label = fieldLabel(field.name);
  const { unless } = field;
  const rule = (form: Pick<FormInstance, "getFieldValue">): RuleObject => ({
    required: !unless || form.getFieldValue(unless.field) !== unless.is,
    message: stepWords.required(label),
  });
  return (
    <Form.Item
      name={path ?? [field.name]}
      label={label}
      extra={hint}
      required={required ?? false}
      rules={required ? [rule] : []}
      dependencies={unless ? [unless.field] : []}
      {...(wanted ? { validateStatus: "warning" as const } : {})}
      className={field.control === "words" ? "whole-line" : ""}
    >
      <FieldInput control={field.control} data-testid={`field-${field.name}`} />
    </Form.Item>
  );
}
