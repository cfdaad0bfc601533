/** What the backend may say that a step lacks has a Chinese name at the desk. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formLabels, lackLabels } from "../src/messages/case.zh-CN";
import { detailLabels, fieldLabels } from "../src/messages/labels.zh-CN";

const ROOT = join(import.meta.dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

const ofGates = [...read("backend", "tickets", "lacks.py").matchAll(/(?:= |^ {8})"(\w+)"/gm)];
const intake = read("policy", "workflow.yml").match(/^ {2}required:\n((?: {4}\w+: \[.*\]\n)+)/m);
const ofIntake = [...(intake?.[1] ?? "").matchAll(/[[\s](\w+)(?=[,\]])/g)];
const facts = [...new Set([...ofGates, ...ofIntake].map((found) => found[1] ?? ""))];

it("finds the facts", () => {
  expect(facts).toContain("grounds");
  expect(facts).toContain("emergency_closed");
  expect(facts).toContain("serial_number");
});

describe.each(facts)("%s", (fact) => {
  it("has a name", () => {
    expect({ ...detailLabels, ...fieldLabels, ...formLabels, ...lackLabels }).toHaveProperty(fact);
  });
});
