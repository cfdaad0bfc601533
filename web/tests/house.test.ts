/** Rules of the house that no linter knows. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
const LONGEST_FILE = 300;

const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .map((name) => join("src", name))
  .filter((name) => /\.(ts|tsx|css)$/.test(name) && !name.endsWith("schema.d.ts"));
const shipped = sources.filter((name) => !/\.test\.ts$|session\/testing\.ts$/.test(name));
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

it("finds the sources", () => {
  expect(sources.length).toBeGreaterThan(50);
});

describe.each(shipped.filter((name) => !name.startsWith(join("src", "messages"))))("%s", (name) => {
  it("has its Chinese wording in src/messages", () => {
    const lines = read(name).split("\n");
    expect(lines.filter((line) => CHINESE.test(line))).toEqual([]);
  });

  it("renders text only, never markup from outside", () => {
    expect(read(name)).not.toMatch(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|RichText/);
  });

  it("is of readable length", () => {
    expect(read(name).split("\n").length).toBeLessThanOrEqual(LONGEST_FILE + 1);
  });
});

describe.each(["chat.html", "desk.html"])("%s", (name) => {
  it("has no inline script or style, which the content security policy would stop", () => {
    expect(read(name)).not.toMatch(/<script(?![^>]*\bsrc=)|<style| on\w+=/);
  });

  it("loads nothing from elsewhere", () => {
    expect(read(name)).not.toMatch(/https?:\/\//);
  });
});

it("keeps registry hosts out of the lock file", () => {
  expect(read("package-lock.json")).not.toMatch(/"resolved"/);
});
