/** What two files of one customer say, and what the one will say that they become. Pure. */
import type { CustomerFile } from "../../../api/types";
import { mergeWords as words } from "../../../messages/merging.zh-CN";

/** Of the kept file, or of the other where the kept one says nothing (as the register does it). */
const FILLED = ["address", "unit", "region", "technical_agreement"] as const;
const COUNTED = ["sales", "contracts", "entries"] as const;

type Field = keyof typeof words.fields;

export interface Comparison {
  field: Field;
  kept: string;
  other: string;
  result: string;
  /** What the other file says and nobody will find any more; null: nothing is lost. */
  lost: string | null;
}

type Compared = Pick<
  CustomerFile,
  "name" | "phones" | "key_customer" | (typeof FILLED)[number] | (typeof COUNTED)[number]
>;

const shown = (value: string | null) => value ?? words.none;
const yesOrNo = (value: boolean) => (value ? words.yes : words.no);
const listed = (phones: readonly string[]) => phones.join(words.list) || words.none;

function single(field: Field, kept: string | null, other: string | null): Comparison {
  return {
    field,
    kept: shown(kept),
    other: shown(other),
    result: shown(kept ?? other),
    lost: kept !== null && other !== null && kept !== other ? other : null,
  };
}

export function compare(kept: Compared, other: Compared): Comparison[] {
  const phones = [...new Set([...kept.phones, ...other.phones])];
  return [
    single("name", kept.name, other.name),
    {
      field: "phones",
      kept: listed(kept.phones),
      other: listed(other.phones),
      result: listed(phones),
      lost: null,
    },
    ...FILLED.map((field) => single(field, kept[field], other[field])),
    {
      field: "key_customer",
      kept: yesOrNo(kept.key_customer),
      other: yesOrNo(other.key_customer),
      result: yesOrNo(kept.key_customer || other.key_customer),
      lost: null,
    },
    ...COUNTED.map((field) => ({
      field,
      kept: words.count(kept[field].length),
      other: words.count(other[field].length),
      result: words.count(kept[field].length + other[field].length),
      lost: null,
    })),
  ];
}
