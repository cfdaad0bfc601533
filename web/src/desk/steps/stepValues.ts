/** What stands in a step's form at first, and what is sent of it. Pure. */
import type { FactsBody, Step, TicketDetail } from "../../api/types";
import { type Field, fieldsOf } from "./stepForms";

export type Values = Record<string, unknown>;

/** Of these alternatives the API names the first; any of them will do. */
const DETAIL_OF_FACT: Readonly<Record<string, string>> = { name: "customer_name" };

function recorded(ticket: TicketDetail, step: Step): Values {
  const { contact, case: record, route } = ticket;
  return {
    ...record,
    kind: ticket.intake === "raw" && step === "judge" ? undefined : ticket.kind,
    secondary_kind: ticket.secondary_kind,
    severity: ticket.severity,
    hazard: ticket.hazard,
    demand: ticket.demand,
    assignee: ticket.assignee,
    department: ticket.case.responsible_person ? ticket.department : route.department,
    customer_name: contact.name,
    phone: contact.phone,
    address: contact.address,
    relation: "related",
  };
}

/** Times are typed by the clock of Shanghai, whatever that of the device says. */
const SHANGHAI = ":00+08:00";

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";

/** What is on record already, for the fields that do not start empty. */
export function initialValues(step: Step, ticket: TicketDetail): Values {
  const known = recorded(ticket, step);
  const values: Values = {};
  for (const { name, fresh } of fieldsOf(step)) {
    if (!fresh && !isEmpty(known[name])) values[name] = known[name];
  }
  if (step === "correct_facts") values.details = { ...ticket.details };
  return values;
}

const differs = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);

/** What somebody has typed or chosen, apart from what stood there before; null where it was emptied. */
export function typedOnly(values: Values, before: Values): Values {
  const typed: Values = {};
  for (const [name, value] of Object.entries(values)) {
    if (!differs(value, before[name])) continue;
    typed[name] =
      name === "details"
        ? typedOnly((value ?? {}) as Values, (before.details ?? {}) as Values)
        : (value ?? null);
  }
  return typed;
}

/** What is on record, under what was typed. */
export function withTyped(known: Values, typed: Values): Values {
  const { details, ...others } = typed;
  const together = { ...known, ...others };
  if (!details) return together;
  return { ...together, details: { ...(known.details ?? {}), ...details } };
}

function tidy(value: unknown): unknown {
  return typeof value === "string" ? value.trim() : value;
}

function asked(field: Field, values: Values): boolean {
  return field.unless === undefined || values[field.unless.field] !== field.unless.is;
}

/** The request of a step: what is filled in, under the version that was seen. */
export function stepBody(step: Step, values: Values, version: number): Values {
  const body: Values = { version };
  for (const field of fieldsOf(step)) {
    const value = tidy(values[field.name]);
    const nothing = isEmpty(value) || (Array.isArray(value) && value.length === 0);
    if (nothing || !asked(field, values)) continue;
    body[field.name] = field.control === "moment" ? `${value}${SHANGHAI}` : value;
  }
  return body;
}

/** A correction sends only what differs from what was seen; emptied fields as null. */
export function correction(values: Values, ticket: TicketDetail): FactsBody {
  const before = initialValues("correct_facts", ticket);
  const body: Values = { version: ticket.version };
  for (const { name } of fieldsOf("correct_facts")) {
    const value = tidy(values[name]);
    const now = isEmpty(value) ? null : value;
    if (String(now) !== String(before[name] ?? null)) body[name] = now;
  }
  const details = changedDetails((values.details ?? {}) as Values, ticket.details);
  if (Object.keys(details).length > 0) body.details = details;
  return body as FactsBody;
}

function changedDetails(values: Values, before: Values): Values {
  const changed: Values = {};
  for (const [name, value] of Object.entries(values)) {
    const now = isEmpty(tidy(value)) ? null : tidy(value);
    if (now !== (before[name] ?? null)) changed[name] = now;
  }
  return changed;
}

/** Where in the form something that a step lacks is filled in; nothing if it is not. */
export function fieldPath(step: Step, fact: string, details: readonly string[]): string[] | null {
  const name = step === "correct_facts" ? (DETAIL_OF_FACT[fact] ?? fact) : fact;
  if (fieldsOf(step).some((field) => field.name === name)) return [name];
  return step === "correct_facts" && details.includes(name) ? ["details", name] : null;
}

/** The list with an item put in at its end, or taken out where it is in. */
export const toggled = (items: readonly string[], item: string): string[] =>
  items.includes(item) ? items.filter((each) => each !== item) : [...items, item];
