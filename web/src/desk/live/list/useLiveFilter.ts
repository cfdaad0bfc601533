import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { LiveView } from "../../../api/liveTypes";
import type { ListFilter } from "../model/cards";

const VIEWS: readonly LiveView[] = ["mine", "queue", "bot", "all", "closed"];

const isView = (word: string | null): word is LiveView => VIEWS.some((view) => view === word);

/** Which list is shown: part of the address, so that it survives a reload. */
export function useLiveFilter(): {
  filter: ListFilter;
  change: (values: Partial<ListFilter>) => void;
  /** Address of a conversation beside this list. */
  pathTo: (id: string | null) => string;
} {
  const [query, setQuery] = useSearchParams();
  const view = query.get("view");
  const group = query.get("group");
  const text = query.get("q") ?? "";
  const filter = useMemo<ListFilter>(
    () => ({ view: isView(view) ? view : "mine", group, text }),
    [view, group, text],
  );
  const change = useCallback(
    (values: Partial<ListFilter>) => {
      const next = { ...filter, ...values };
      const words = { view: next.view, group: next.group ?? "", q: next.text };
      const kept = Object.entries(words).filter(([, word]) => word !== "");
      setQuery(Object.fromEntries(kept), { replace: true });
    },
    [filter, setQuery],
  );
  const search = query.toString();
  const pathTo = useCallback(
    (id: string | null) =>
      `/live${id === null ? "" : `/${id}`}${search === "" ? "" : `?${search}`}`,
    [search],
  );
  return { filter, change, pathTo };
}
