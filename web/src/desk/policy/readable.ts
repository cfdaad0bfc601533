/** Rules as people read them: conditions and fields with the names of facts and words. Pure. */
import type { Policy } from "../../api/types";
import {
  causeClassLabels,
  demandLabels,
  hazardLabels,
  intakeLabels,
  kindLabels,
  levelLabels,
  priorityLabels,
  severityLabels,
  soldByLabels,
  stageLabels,
  subjectLabels,
  transportLabels,
} from "../../messages/labels.zh-CN";
import { policyWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";

type Words = Readonly<Record<string, string>>;

const { operators, vocabulary } = policyWords;
const TOKEN =
  /"[^"]*"|[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*|\d+(?:\.\d+)?|&&|\|\||[!=<>]=|[!<>()[\],]|\S/gi;
const WORD = /[a-z][a-z0-9_-]*/gi;
const EXACT: Words = {
  ...hazardLabels,
  ...demandLabels,
  ...intakeLabels,
  ...causeClassLabels,
  ...soldByLabels,
  ...subjectLabels,
  ...kindLabels,
  ...severityLabels,
  ...priorityLabels,
  ...stageLabels,
  ...levelLabels,
};
const IN_FIELDS: Words = { ...transportLabels, ...EXACT, ...vocabulary };

/** The Chinese names of the facts that conditions may ask about. */
export function factNames(policy: Policy): Words {
  const facts = policy.files
    .flatMap((file) => file.sections)
    .filter((section) => section.name === "facts")
    .flatMap((section) => section.entries);
  return Object.fromEntries(facts.map((fact) => [fact.id, fact.name ?? fact.id]));
}

function word(token: string, facts: Words): string {
  if (token.startsWith('"') && token !== '""') return labelOf(EXACT, token.slice(1, -1));
  return labelOf(operators, labelOf(facts, token));
}

/** A condition with facts, values and operators in words; what is not known stays as it is. */
export function readableCondition(condition: string, facts: Words): string {
  if (condition === "true") return policyWords.always;
  const words = (condition.match(TOKEN) ?? []).map((token) => word(token, facts));
  return words
    .join(" ")
    .replace(/ ,/g, policyWords.list.trim())
    .replace(/([([]) /g, "$1")
    .replace(/ ([)\]])/g, "$1");
}

export const readableKey = (key: string) => labelOf(IN_FIELDS, key);

/** A field's value with the words that are known in Chinese, without YAML's braces. */
export function readableValue(value: string): string {
  const bare = value.replace(/^\{(.*)\}$/s, "$1");
  return bare.replace(WORD, (found) => labelOf(IN_FIELDS, found));
}
