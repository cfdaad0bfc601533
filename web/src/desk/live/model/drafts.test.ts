import { expect, it } from "vitest";
import { MemoryStorage } from "../../../shared/outboxStorage";
import {
  conversationsWithUnsent,
  dropLiveDrafts,
  emptyDraft,
  keepDraft,
  outboxPrefix,
  readDraft,
} from "./drafts";

const attachments = [{ kind: "image" as const, name: "a.png", file_id: "f" }];
const draft = { text: "半句", internal: true, attachments };

it("is kept per person and conversation", () => {
  const place = new MemoryStorage();
  keepDraft("li", "a", draft, place);
  expect(readDraft("li", "a", place)).toEqual(draft);
  expect(readDraft("li", "b", place)).toEqual(emptyDraft);
  expect(readDraft("wang", "a", place)).toEqual(emptyDraft);
});

it("leaves nothing behind once it is sent or somebody logs out", () => {
  const place = new MemoryStorage();
  place.setItem("other", "stays");
  keepDraft("li", "a", draft, place);
  keepDraft("li", "b", draft, place);
  keepDraft("li", "b", emptyDraft, place);
  expect(place.length).toBe(2);
  dropLiveDrafts(place);
  expect([place.length, place.getItem("other")]).toEqual([1, "stays"]);
});

it.each(["{", "null", '{"internal":true}'])(
  "starts empty where storage is damaged: %s",
  (stored) => {
    const place = new MemoryStorage();
    place.setItem("yingsheng.desk.live.li.draft.a", stored);
    expect(readDraft("li", "a", place)).toEqual(emptyDraft);
  },
);

it("says so when the browser has no room", () => {
  const place = new MemoryStorage();
  place.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  expect(keepDraft("li", "a", draft, place)).toBe(false);
});

it("finds where a person's unsent messages wait", () => {
  const place = new MemoryStorage();
  for (const id of ["c1.m1", "c1.m2", "c2.m3"])
    place.setItem(`yingsheng.desk.live.li.outbox.${id}`, "");
  place.setItem(`${outboxPrefix("wang", "c9")}m`, "");
  expect(conversationsWithUnsent("li", place)).toEqual(["c1", "c2"]);
});
