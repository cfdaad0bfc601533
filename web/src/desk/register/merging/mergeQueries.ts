import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deskApi } from "../../../api/desk";
import { registerApi } from "../../../api/register";

/** All that names customers may say something else after a merge. */
const OF_CUSTOMERS = ["customer", "register", "customers", "customer-page", "customer-in-chat"];

function customersChanged(client: QueryClient): void {
  for (const name of OF_CUSTOMERS) void client.invalidateQueries({ queryKey: [name] });
}

export function useCustomerFile(id: string | null) {
  return useQuery({
    queryKey: ["customer", id],
    queryFn: ({ signal }) => deskApi.customerFile(id ?? "", signal),
    enabled: id !== null,
  });
}

export function useMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ keptId, otherId }: { keptId: string; otherId: string }) =>
      registerApi.merge(keptId, otherId),
    onSettled: () => customersChanged(client),
  });
}

export function useUndoMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mergeId: string) => registerApi.undoMerge(mergeId),
    onSettled: () => customersChanged(client),
  });
}
