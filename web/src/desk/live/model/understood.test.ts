import { expect, it } from "vitest";
import { confidenceText, factLines, signalTags } from "./understood";

it("shows only signals that stand out", () => {
  const tags = signalTags({ hazard: true, hazard_kind: "smoke", anger: 2, threat: false });
  expect(tags.map((tag) => tag.text)).toEqual(["安全隐患", "隐患：冒烟", "情绪 2"]);
  expect(signalTags({ hazard: false, anger: 0 })).toEqual([]);
  expect(signalTags(undefined)).toEqual([]);
});

it("says how sure the bot is", () => {
  expect([confidenceText(0.914), confidenceText(0.4), confidenceText(null)]).toEqual([
    "把握 91%",
    "把握 40% 不确定",
    null,
  ]);
});

it("lists what is known, then what is missing", () => {
  const lines = factLines({
    kind: null,
    slots: { fault: "漏水", phone: "" },
    missing: ["phone", "fault"],
  });
  expect(lines).toEqual([
    { slot: "fault", value: "漏水" },
    { slot: "phone", value: null },
  ]);
});
