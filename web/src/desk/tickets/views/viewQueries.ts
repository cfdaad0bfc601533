import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { listsApi } from "../../../api/lists";
import type { NewView, SavedView } from "../../../api/types";

const viewsKey = ["ticket-views"] as const;

export function useViews() {
  return useQuery({
    queryKey: viewsKey,
    queryFn: ({ signal }) => listsApi.views(signal),
    staleTime: 60_000,
  });
}

export function useKeepView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, view }: { id: string | null; view: NewView }) =>
      id === null ? listsApi.keepView(view) : listsApi.changeView(id, view),
    onSuccess: () => client.invalidateQueries({ queryKey: viewsKey }),
  });
}

export function useDropView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (view: SavedView) => listsApi.dropView(view.id),
    onSuccess: () => client.invalidateQueries({ queryKey: viewsKey }),
  });
}
