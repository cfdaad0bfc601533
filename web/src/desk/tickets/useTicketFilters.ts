import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { readFilters, type TicketFilters, writeFilters } from "./filters";

/** The list's filters, kept in the address: a reload or a sent link shows the same. */
export function useTicketFilters() {
  const [query, setQuery] = useSearchParams();
  const address = query.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(address)), [address]);
  const change = useCallback((next: TicketFilters) => setQuery(writeFilters(next)), [setQuery]);
  const search = useCallback(
    (text: string) =>
      setQuery((current) => writeFilters({ ...readFilters(current), text, page: 1 }), {
        replace: true,
      }),
    [setQuery],
  );
  return { filters, change, search };
}
