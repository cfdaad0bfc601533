import { expect, it } from "vitest";
import type { Step } from "../../api/types";
import { dropAllDrafts, dropDraft, keepDraft, readDraft } from "./drafts";

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}

const of = (number: string, step: Step, username = "wang") => ({ username, number, step });

it("keeps what was typed, by person, ticket and step", () => {
  const place = storage();
  keepDraft(of("1", "judge"), { note: "x" }, place);
  expect(readDraft(of("1", "judge"), place)).toEqual({ note: "x" });
  expect(readDraft(of("1", "reject"), place)).toBeNull();
  expect(readDraft(of("2", "judge"), place)).toBeNull();
  expect(readDraft(of("1", "judge", "li"), place)).toBeNull();
  dropDraft(of("1", "judge"), place);
  expect(readDraft(of("1", "judge"), place)).toBeNull();
});

it("leaves nothing to the next person but what is not a draft", () => {
  const place = storage();
  keepDraft(of("1", "judge"), { note: "x" }, place);
  keepDraft(of("2", "reject"), { note: "y" }, place);
  place.setItem("theme", "dark");
  dropAllDrafts(place);
  expect(place.length).toBe(1);
  expect(place.getItem("theme")).toBe("dark");
});
