/** Filling the variables of a canned reply. Pure. */
import type { CannedVariables } from "../../api/answering";

const VARIABLE = /\{([a-z_]+)\}/g;

export interface Filled {
  readonly text: string;
  /** Variables that stand for nothing here; they are left as they are, to be seen. */
  readonly missing: readonly string[];
}

export function fill(text: string, values: CannedVariables | undefined): Filled {
  const missing: string[] = [];
  const known = (values ?? {}) as Readonly<Record<string, string | null | undefined>>;
  const filled = text.replace(VARIABLE, (whole, name: string) => {
    const value = known[name];
    if (value) return value;
    if (!missing.includes(name)) missing.push(name);
    return whole;
  });
  return { text: filled, missing };
}
