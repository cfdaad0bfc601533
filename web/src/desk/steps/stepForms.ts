/** The form of each step: its fields, in order, and how each is filled in. Pure. */
import type { FormStep, Step, StepBody } from "../../api/types";
import {
  causeClassLabels,
  demandLabels,
  groundsLabels,
  kindLabels,
  noticeLabels,
  relationLabels,
  severityLabels,
  soldByLabels,
  subjectLabels,
} from "../../messages/labels.zh-CN";

export type Control =
  | "line"
  | "words"
  | "yuan"
  | "day"
  | "moment"
  | "rating"
  | "yes-no"
  | "assignee"
  | "number"
  | "numbers"
  | Readonly<Record<string, string>>;

export interface Field<Name extends string = string> {
  name: Name;
  control: Control;
  /** Starts empty, whatever is on record. */
  fresh?: boolean;
  /** Not asked for when another field has this value. */
  unless?: { field: string; is: unknown };
}

type FieldsOf = {
  [Taken in FormStep]: Field<Exclude<keyof StepBody<Taken> & string, "version">>[];
};

const note = { name: "note", control: "words", fresh: true } as const;
const other = { name: "other", control: "number", fresh: true } as const;
const told = [
  { name: "how", control: noticeLabels, fresh: true },
  { name: "text", control: "words", fresh: true },
] as const;

const RATED = ["rated_attitude", "rated_skill", "rated_arrival", "rated_promises"] as const;
const unreached = { field: "reached", is: false } as const;

const FIELDS: FieldsOf = {
  judge: [
    { name: "kind", control: kindLabels },
    { name: "secondary_kind", control: kindLabels },
    { name: "severity", control: severityLabels },
    { name: "hazard", control: "yes-no" },
    { name: "grounds", control: groundsLabels },
    { name: "demand_reasonable", control: "yes-no" },
    { name: "subject", control: subjectLabels },
    { name: "sold_by", control: soldByLabels },
    { name: "claim_amount", control: "yuan" },
    note,
  ],
  reject: [
    { name: "rejection_reason", control: "line" },
    { name: "rejection_evidence", control: "line" },
    ...told,
    note,
  ],
  set_responsibility: [
    { name: "department", control: "line" },
    { name: "responsible_person", control: "line" },
    { name: "direct_cause", control: "line" },
    { name: "unsolved_cause", control: "line" },
    { name: "supplier", control: "line" },
    note,
  ],
  investigate: [
    { name: "cause_class", control: causeClassLabels },
    { name: "findings", control: "words" },
    { name: "direct_cause", control: "line" },
    { name: "unsolved_cause", control: "line" },
    { name: "supplier", control: "line" },
    { name: "quality_disputed", control: "yes-no" },
    { name: "inspection_body", control: "line" },
    note,
  ],
  propose: [
    { name: "solution", control: "words" },
    { name: "solution_amount", control: "yuan" },
    { name: "concession", control: "yuan" },
    { name: "compensate_first", control: "yes-no", fresh: true },
    note,
  ],
  approve: [note],
  decline: [note],
  notify_customer: [...told, note],
  settle: [
    { name: "customer_accepted", control: "yes-no", fresh: true },
    { name: "reaction", control: "words", fresh: true },
    {
      name: "carried_out",
      control: "words",
      fresh: true,
      unless: { field: "customer_accepted", is: false },
    },
    note,
  ],
  record_callback: [
    { name: "reached", control: "yes-no", fresh: true },
    ...RATED.map((name) => ({ name, control: "rating", fresh: true, unless: unreached }) as const),
    { name: "customer_suggestion", control: "words", fresh: true, unless: unreached },
    { name: "at", control: "moment", fresh: true },
    note,
  ],
  improve: [
    { name: "corrective_action", control: "words" },
    { name: "preventive_action", control: "words" },
    { name: "action_owner", control: "line" },
    { name: "action_due", control: "day" },
    { name: "same_cause_as", control: "numbers", fresh: true },
    note,
  ],
  verify_improvement: [note],
  assign: [{ name: "assignee", control: "assignee" }, note],
  contact: [note],
  await_customer: [note],
  customer_answered: [note],
  add_words: [{ name: "text", control: "words", fresh: true }, note],
  urge: [note],
  withdraw: [note],
  reopen: [note],
  link: [other, { name: "relation", control: relationLabels }, note],
  unlink: [other, note],
  merge: [other, note],
  unmerge: [note],
  split: [
    { name: "kind", control: kindLabels, fresh: true },
    { name: "description", control: "words", fresh: true },
    { name: "demand", control: demandLabels, fresh: true },
    { name: "severity", control: severityLabels, fresh: true },
    { name: "hazard", control: "yes-no", fresh: true },
    note,
  ],
};

/** What was taken down, besides the details, which have names of their own. */
const FACTS: Field[] = [
  { name: "kind", control: kindLabels },
  { name: "secondary_kind", control: kindLabels },
  { name: "severity", control: severityLabels },
  { name: "hazard", control: "yes-no" },
  { name: "demand", control: demandLabels },
  { name: "customer_name", control: "line" },
  { name: "phone", control: "line" },
  { name: "address", control: "line" },
  { name: "subject", control: subjectLabels },
  { name: "sold_by", control: soldByLabels },
  { name: "claim_amount", control: "yuan" },
  { ...note },
];

export function fieldsOf(step: Step): readonly Field[] {
  return step === "correct_facts" ? FACTS : FIELDS[step];
}

/** These end the ticket and tell people: they ask once more. */
export const ASKED_TWICE = ["reject", "withdraw", "merge"] as const;
export type AskedTwice = (typeof ASKED_TWICE)[number];

export function isAskedTwice(step: Step): step is AskedTwice {
  return (ASKED_TWICE as readonly Step[]).includes(step);
}
