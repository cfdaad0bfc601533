/** The form of each step of a service order: its fields, in order, and how each is filled in. Pure. */
import type { Order, OrderStep } from "../../api/orders";
import {
  answeredHowLabels,
  answerLabels,
  causeLabels,
  serviceClassLabels,
} from "../../messages/orders.zh-CN";

export type Control =
  | "line"
  | "words"
  | "yuan"
  | "decimal"
  | "count"
  | "yes-no"
  | "day"
  | "moment"
  | "region"
  | "technician"
  | "parts"
  | Readonly<Record<string, string>>;

export interface OrderField {
  name: string;
  control: Control;
  required?: boolean;
  /** Starts with what is on record under this name. */
  from?: keyof Order;
}

const { charged, contract, free } = serviceClassLabels;
const { phone, paper, on_site } = answeredHowLabels;
const note: OrderField = { name: "note", control: "words" };
const noteWanted: OrderField = { ...note, required: true };
const worked: OrderField[] = [
  { name: "work_done", control: "words", required: true, from: "work_done" },
  { name: "hours", control: "decimal", required: true, from: "hours" },
  { name: "parts", control: "parts" },
  { name: "card_entry", control: "line", required: true, from: "card_entry" },
];

const FIELDS: Readonly<Record<OrderStep, readonly OrderField[]>> = {
  plan: [
    { name: "plan", control: "words", required: true, from: "plan" },
    { name: "region", control: "region", required: true, from: "region" },
    { name: "distance_km", control: "decimal", from: "distance_km" },
    { name: "cause", control: causeLabels, from: "cause" },
    { name: "part", control: "line" },
    { name: "service_class", control: { charged, contract, free } },
    { name: "parts_urgent", control: "yes-no", from: "parts_urgent" },
    note,
  ],
  guide: [{ name: "work_done", control: "words", required: true }, note],
  quote: [
    { name: "hours", control: "decimal", from: "hours" },
    { name: "nights", control: "count" },
    { name: "parts", control: "parts" },
    note,
  ],
  answer: [
    { name: "answer", control: answerLabels, required: true },
    { name: "how", control: { phone, on_site, paper }, required: true },
    note,
  ],
  waive: [noteWanted],
  tell_dealer: [{ name: "told_to", control: "line", required: true }, note],
  dispatch: [
    { name: "technician_id", control: "technician", required: true, from: "technician_id" },
    { name: "visit_at", control: "moment", required: true, from: "visit_at" },
    note,
  ],
  depart: [{ name: "plan_told", control: "yes-no", required: true }, note],
  arrive: [{ name: "arrived_at", control: "moment" }, note],
  diagnose: [
    { name: "diagnosis", control: "words", required: true, from: "diagnosis" },
    { name: "cause", control: causeLabels, from: "cause" },
    { name: "part", control: "line" },
    note,
  ],
  fix: [...worked, note],
  take_in: [
    { name: "receipt", control: "line", required: true, from: "receipt" },
    { name: "promised_on", control: "day", required: true, from: "promised_on" },
    note,
  ],
  return: [...worked, { name: "receipt_voided", control: "yes-no", required: true }, note],
  sign: [
    { name: "code", control: "line" },
    { name: "signed_by", control: "line" },
    { name: "opinion", control: "words" },
    note,
  ],
  report: [
    { name: "report", control: "words", required: true, from: "report" },
    { name: "invoice", control: "line", from: "invoice" },
    note,
  ],
  audit: [
    { name: "satisfied", control: "yes-no", required: true, from: "satisfied" },
    { name: "cost", control: "yuan", required: true },
    note,
  ],
  file_record: [{ name: "record", control: "line", from: "record" }, note],
  cancel: [noteWanted],
};

export const orderFields = (step: OrderStep): readonly OrderField[] => FIELDS[step];

export type Values = Record<string, unknown>;

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";

/** Times are typed by the clock of Shanghai, whatever that of the device says. */
const OFFSET_MS = 8 * 3_600_000;

export function typedMoment(iso: string): string {
  return new Date(Date.parse(iso) + OFFSET_MS).toISOString().slice(0, 16);
}

function shown(field: OrderField, value: unknown): unknown {
  return field.control === "moment" ? typedMoment(String(value)) : value;
}

/** What is on record already, for the fields that do not start empty. */
export function initialValues(step: OrderStep, order: Order): Values {
  const values: Values = {};
  for (const field of orderFields(step)) {
    const known = field.from === undefined ? undefined : order[field.from];
    if (!isEmpty(known)) values[field.name] = shown(field, known);
  }
  return values;
}

interface TypedPart {
  name?: string;
  quantity?: number;
  unit_price?: string | null;
}

function partsBody(parts: unknown): unknown[] {
  return ((parts ?? []) as (TypedPart | undefined)[])
    .filter((part) => part?.name?.trim())
    .map((part) => ({
      name: part?.name?.trim(),
      quantity: part?.quantity ?? 1,
      ...(isEmpty(part?.unit_price) ? {} : { unit_price: part?.unit_price }),
    }));
}

/** What is filled in, as the step's request carries it; the version goes with it when it is sent. */
export function orderBody(step: OrderStep, values: Values, order: Order): Values {
  const body: Values = {};
  for (const { name, control } of orderFields(step)) {
    const value = values[name];
    const tidy = typeof value === "string" ? value.trim() : value;
    if (control === "parts") {
      const parts = partsBody(value);
      if (parts.length > 0) body.parts = parts;
    } else if (!isEmpty(tidy)) {
      body[name] = control === "moment" ? `${tidy}:00+08:00` : tidy;
    }
  }
  if (step === "answer") body.quote_id = order.open_quote;
  return body;
}
