import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { listsApi } from "../../api/lists";

export const customerKey = (key: string) => ["customer-page", key] as const;
export const chatCustomerKey = (conversationId: string) =>
  ["customer-in-chat", conversationId] as const;

export function useCustomerSearch(text: string) {
  return useQuery({
    queryKey: ["customers", text],
    queryFn: ({ signal }) => listsApi.customers(text, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
}

export function useCustomer(key: string) {
  return useQuery({
    queryKey: customerKey(key),
    queryFn: ({ signal }) => listsApi.customer(key, signal),
  });
}

/** Whom a conversation is with; asked again now and then, for a ticket may have told it. */
export function useCustomerInChat(conversationId: string) {
  return useQuery({
    queryKey: chatCustomerKey(conversationId),
    queryFn: ({ signal }) => listsApi.customerInChat(conversationId, signal),
    refetchInterval: 60_000,
  });
}
