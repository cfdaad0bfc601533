import { countWords } from "../../messages/desk.zh-CN";

/** How many there are in all, and how many of them are not among the `shown`; nothing where there are none. */
export function ListCount({ shown, total }: { shown: number; total: number }) {
  if (total === 0) return null;
  const rest = total - shown;
  return (
    <span className="quiet list-count" data-testid="list-count">
      {rest > 0 ? countWords.rest(total, rest) : countWords.all(total)}
    </span>
  );
}
