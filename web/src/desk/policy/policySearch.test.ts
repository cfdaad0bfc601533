import { expect, it } from "vitest";
import type { Clause, PolicyFile } from "../../api/types";
import { foundClauses, foundIn, readView, ruleCount, writeView } from "./policySearch";

const entry = (id: string, values: object = {}) => ({
  id,
  name: null,
  condition: null,
  fields: {},
  sources: [],
  ...values,
});
const file = {
  name: "sla.yml",
  sections: [
    { name: "switches", entries: [entry("arrival")] },
    {
      name: "clocks",
      entries: [
        entry("plan", { name: "确定处理方案" }),
        entry("pass_on", { sources: [{ id: "R10-6.1.3", text: "转交不超过四个工作小时" }] }),
      ],
    },
  ],
} as PolicyFile;

it("finds rules by name, field or the clause they rest on, whichever words stand where", () => {
  expect(foundIn(file, "方案").sections[0]?.entries[0]?.id).toBe("plan");
  expect(foundIn(file, "四个 r10-6.1.3").sections[0]?.entries[0]?.id).toBe("pass_on");
  expect(ruleCount(foundIn(file, "没有这个"))).toBe(0);
  expect(ruleCount(foundIn(file, "  "))).toBe(3);
});

it("finds clauses by id and wording", () => {
  const clauses = [
    { id: "R1-1.3", text: "处理八步", cited_by: [] },
    { id: "R10-6.1.3", text: "转交", cited_by: [] },
  ] as Clause[];
  expect(foundClauses(clauses, "八步").map((clause) => clause.id)).toEqual(["R1-1.3"]);
  expect(foundClauses(clauses, "")).toHaveLength(2);
});

it("keeps the view in the address", () => {
  const query = new URLSearchParams("view=clauses&text=R1");
  expect(readView(query)).toEqual({ view: "clauses", file: null, text: "R1" });
  expect(writeView(readView(query)).toString()).toBe("view=clauses&text=R1");
  expect(writeView({ view: "rules", file: "sla.yml", text: " " }).toString()).toBe("file=sla.yml");
});
