/** How a clause is named where there is little room. Pure. */
import type { Clause } from "../../api/types";

const LAW = "law:";
const NAME_ENDS = /[\uff1a:]/;

/** The id of one of our own clauses; of a law its name, which its text begins with. */
export function clauseName(id: string, clauses: readonly Clause[] | undefined): string {
  if (!id.startsWith(LAW)) return id;
  const text = clauses?.find((clause) => clause.id === id)?.text ?? "";
  const end = text.search(NAME_ENDS);
  return end > 0 ? text.slice(0, end) : id.slice(LAW.length);
}
