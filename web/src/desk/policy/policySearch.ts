/** What of the policy is shown: which view, which file, what is searched. Pure. */
import type { Clause, PolicyEntry, PolicyFile } from "../../api/types";

export interface PolicyView {
  view: "rules" | "clauses";
  file: string | null;
  text: string;
}

export function readView(query: URLSearchParams): PolicyView {
  return {
    view: query.get("view") === "clauses" ? "clauses" : "rules",
    file: query.get("file"),
    text: (query.get("text") ?? "").slice(0, 200),
  };
}

export function writeView({ view, file, text }: PolicyView): URLSearchParams {
  const query = new URLSearchParams();
  if (view === "clauses") query.set("view", view);
  if (file !== null && view === "rules") query.set("file", file);
  if (text.trim() !== "") query.set("text", text.trim());
  return query;
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);
const holds = (content: string, words: readonly string[]) =>
  words.every((word) => content.toLowerCase().includes(word));

function contentOf(entry: PolicyEntry): string {
  const { id, name, condition, fields, sources } = entry;
  const clauses = sources.flatMap((source) => [source.id, source.text ?? ""]);
  return [id, name, condition, ...Object.values(fields), ...clauses].join(" ");
}

/** The file with only the rules that contain all words; sections that have none left are gone. */
export function foundIn(file: PolicyFile, text: string): PolicyFile {
  const words = wordsOf(text);
  if (words.length === 0) return file;
  const sections = file.sections
    .map((section) => ({
      ...section,
      entries: section.entries.filter((entry) => holds(contentOf(entry), words)),
    }))
    .filter((section) => section.entries.length > 0);
  return { ...file, sections };
}

export const ruleCount = (file: PolicyFile) =>
  file.sections.reduce((count, section) => count + section.entries.length, 0);

export function foundClauses(clauses: readonly Clause[], text: string): Clause[] {
  const words = wordsOf(text);
  return clauses.filter((clause) => holds(`${clause.id} ${clause.text}`, words));
}
