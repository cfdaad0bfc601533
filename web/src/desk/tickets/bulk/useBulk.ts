import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { listsApi } from "../../../api/lists";
import type { BulkItem, BulkResult } from "../../../api/types";
import { messageOf } from "../../components/ErrorPanel";
import { ticketListsKey, ticketsKey } from "../ticketQueries";
import { AT_ONCE, inParts } from "./bulkSteps";

export interface BulkRun {
  all: number;
  results: BulkResult[];
  running: boolean;
  undoing: boolean;
  /** Why the rest was not sent. */
  stopped: string | null;
}

/** Sends steps in parts and tells how far it is; what was refused is told ticket by ticket. */
export function useBulk() {
  const client = useQueryClient();
  const [run, setRun] = useState<BulkRun | null>(null);
  const start = async (items: readonly BulkItem[], undoing = false) => {
    const results: BulkResult[] = [];
    const told = { all: items.length, undoing };
    let stopped: string | null = null;
    setRun({ ...told, results: [], running: true, stopped });
    for (const part of inParts(items, AT_ONCE)) {
      try {
        results.push(...(await listsApi.bulk(part)));
      } catch (error) {
        stopped = messageOf(error);
        break;
      }
      setRun({ ...told, results: [...results], running: true, stopped });
    }
    setRun({ ...told, results: [...results], running: false, stopped });
    void client.invalidateQueries({ queryKey: ticketListsKey });
    void client.invalidateQueries({ queryKey: ticketsKey });
  };
  return { run, start, finish: () => setRun(null) };
}
