import { describe, expect, it } from "vitest";
import type { TicketSummary } from "../../api/types";
import {
  fromApiFilters,
  isFiltered,
  matches,
  NOBODY,
  noFilters,
  readFilters,
  sameChoice,
  type TicketFilters,
  toApiFilters,
  toTicketQuery,
  writeFilters,
} from "./filters";

const read = (query: string) => readFilters(new URLSearchParams(query));

describe("filters in the address", () => {
  it("come back as they were written", () => {
    const filters: TicketFilters = {
      kind: "suggestion",
      stage: "judged",
      severity: "grave",
      priority: "urgent",
      level: "gm",
      department: "质量部",
      assignee: NOBODY,
      channel: "phone",
      hazard: true,
      openOnly: true,
      due: "overdue",
      from: "2026-11-01",
      to: "2026-11-30",
      text: "冒烟 50%&",
      byDue: true,
      page: 3,
      pageSize: 50,
    };
    expect(readFilters(writeFilters(filters))).toEqual(filters);
  });

  it("are left out where they say nothing", () => {
    expect(writeFilters(noFilters).toString()).toBe("");
  });

  it.each([
    "kind=nonsense&stage=constructor&page=-1&size=7",
    "page=1.5",
    "page=abc&kind=",
    "page=99999999",
    "from=2026-02-30&to=yesterday&due=never&hazard=yes&severity=__proto__",
    "",
  ])("are ignored when they make no sense: %s", (query) => {
    expect(read(query)).toEqual(noFilters);
  });
});

it("sends only what is set", () => {
  const sent = JSON.parse(JSON.stringify(toTicketQuery(read("text=%20%20&assignee=-&open=1"))));
  expect(sent).toEqual({ unassigned: true, open_only: true, page: 1, page_size: 20 });
});

it("finds a saved view again as it was", () => {
  const chosen = read("kind=suggestion&assignee=-&due=today&from=2026-11-01&hazard=1&sort=due");
  const back = fromApiFilters(JSON.parse(JSON.stringify(toApiFilters(chosen))));
  expect(sameChoice(back, chosen)).toBe(true);
  expect(sameChoice(back, { ...chosen, due: null })).toBe(false);
});

it.each([
  ["kind=suggestion", "yes"],
  ["kind=inquiry", "no"],
  ["assignee=linda", "yes"],
  ["assignee=-", "no"],
  ["hazard=1", "no"],
  ["open=1", "yes"],
  ["due=today", "maybe"],
  ["kind=inquiry&text=a", "no"],
  ["sort=due", "maybe"],
])("knows what it can without the server: %s", (query, answer) => {
  const ticket = { kind: "suggestion", stage: "judged", assignee: "linda", hazard: false };
  expect(matches(read(query), ticket as TicketSummary)).toBe(answer);
});

it("knows whether anything is filtered", () => {
  expect(isFiltered(read("page=2"))).toBe(false);
  expect(isFiltered(read("text=a"))).toBe(true);
  expect(isFiltered(read("sort=due"))).toBe(false);
});
