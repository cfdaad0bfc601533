import { describe, expect, it } from "vitest";
import { isFiltered, noFilters, readFilters, toTicketQuery, writeFilters } from "./filters";

const read = (query: string) => readFilters(new URLSearchParams(query));

describe("filters in the address", () => {
  it("come back as they were written", () => {
    const filters = {
      kind: "suggestion",
      stage: "judged",
      text: "冒烟 50%&",
      page: 3,
      pageSize: 50,
    } as const;
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
    "",
  ])("are ignored when they make no sense: %s", (query) => {
    expect(read(query)).toEqual(noFilters);
  });
});

it("sends only what is set", () => {
  expect(toTicketQuery(read("text=%20%20"))).toEqual({
    kind: undefined,
    stage: undefined,
    text: undefined,
    page: 1,
    page_size: 20,
  });
});

it("knows whether anything is filtered", () => {
  expect(isFiltered(read("page=2"))).toBe(false);
  expect(isFiltered(read("text=a"))).toBe(true);
});
