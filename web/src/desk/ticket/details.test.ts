import { describe, expect, it } from "vitest";
import { detailLines, signalTags } from "./details";

describe("detailLines", () => {
  it("puts known fields in order and unknown ones last, under their key", () => {
    const lines = detailLines({ colour: "红", model: "HX-60L", product: "热水器", fault: "" });
    expect(lines.map((line) => [line.label, line.value])).toEqual([
      ["产品", "热水器"],
      ["型号", "HX-60L"],
      ["colour", "红"],
    ]);
  });

  it("shows exact times by the clock of Shanghai and leaves other words alone", () => {
    const lines = detailLines({ happened_at: "2026-11-22T16:00:00Z", purchase_date: "2026-03-01" });
    expect(lines.map((line) => line.value)).toEqual(["2026-11-23 00:00:00", "2026-03-01"]);
  });

  it("does not trip over a key such as constructor", () => {
    expect(detailLines({ constructor: "x" })).toEqual([
      { key: "constructor", label: "constructor", value: "x" },
    ]);
  });
});

describe("signalTags", () => {
  it("names the danger, and anger only where there is some", () => {
    const tags = signalTags({ hazard: true, hazard_kind: "smoke", anger: 0, repeated: true });
    expect(tags.map((tag) => tag.text)).toEqual(["隐患：冒烟", "多次反映"]);
  });

  it("says nothing about a calm customer", () => {
    expect(signalTags({ hazard: false, hazard_kind: null, anger: 0, threat: false })).toEqual([]);
  });
});
