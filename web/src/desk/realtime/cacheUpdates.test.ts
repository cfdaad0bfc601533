import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { TicketDetail, TicketPage, TicketSummary } from "../../api/types";
import { noFilters } from "../tickets/filters";
import { ticketKey, ticketListKey } from "../tickets/ticketQueries";
import { ArrivalLog, listName } from "./arrivals";
import { messageArrived, ticketChanged, ticketFiled } from "./cacheUpdates";

const ticket = (number: string) =>
  ({ number, kind: "suggestion", stage: "recorded", updated_at: "2026-11-23" }) as TicketSummary;
const page = (...numbers: string[]): TicketPage => ({
  items: numbers.map(ticket),
  total: numbers.length,
  page: 1,
  page_size: 20,
});
const SECOND_PAGE = { ...noFilters, page: 2 };

let client: QueryClient;
let arrivals: ArrivalLog;

beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient();
  arrivals = new ArrivalLog();
});
afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

it("puts a filed ticket on the first page, highlighted for a while", async () => {
  client.setQueryData(ticketListKey(noFilters), page("1"));
  ticketFiled(client, arrivals, ticket("2"));
  const list = client.getQueryData<TicketPage>(ticketListKey(noFilters));
  expect(list?.items.map((item) => item.number)).toEqual(["2", "1"]);
  expect(arrivals.getSnapshot().highlighted.has("2")).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(arrivals.getSnapshot().highlighted.has("2")).toBe(false);
});

it("counts it for a page that does not show it, until that is looked at", () => {
  client.setQueryData(ticketListKey(SECOND_PAGE), page("1"));
  ticketFiled(client, arrivals, ticket("2"));
  ticketFiled(client, arrivals, ticket("2"));
  expect(arrivals.getSnapshot().unseen.get(listName(SECOND_PAGE))?.size).toBe(1);
  arrivals.forget(SECOND_PAGE);
  expect(arrivals.getSnapshot().unseen.size).toBe(0);
});

it("has the page of a changed ticket fetched again", () => {
  client.setQueryData(ticketKey("1"), { number: "1" });
  ticketChanged(client, ticket("1"));
  expect(client.getQueryState(ticketKey("1"))?.isInvalidated).toBe(true);
});

it("adds a message to the tickets of its conversation, once", () => {
  client.setQueryData(ticketKey("1"), { conversation_id: "c", messages: [] });
  client.setQueryData(ticketKey("2"), { conversation_id: "d", messages: [] });
  const message = {
    seq: 1,
    sender: "customer" as const,
    text: "t",
    quick_replies: [],
    attachments: [],
    created_at: "2026-11-23",
    client_message_id: null,
  };
  messageArrived(client, { conversation_id: "c", message });
  messageArrived(client, { conversation_id: "c", message });
  expect(client.getQueryData<TicketDetail>(ticketKey("1"))?.messages).toEqual([message]);
  expect(client.getQueryData<TicketDetail>(ticketKey("2"))?.messages).toEqual([]);
});
