import { useQuery } from "@tanstack/react-query";
import { deskRequest } from "../../api/deskRequest";
import type { paths } from "../../api/schema";
import { joinWords } from "../../messages/desk.zh-CN";

const STALE_MS = 300_000;
type Colleague =
  paths["/api/v1/users"]["get"]["responses"][200]["content"]["application/json"]["items"][number];

/** Who works here, as the options of a picker. */
export function useColleagues(): { value: string; label: string }[] {
  const { data } = useQuery({
    queryKey: ["colleagues"],
    queryFn: async ({ signal }) =>
      (await deskRequest<{ items: Colleague[] }>("/api/v1/users", { signal })).items,
    staleTime: STALE_MS,
  });
  return (data ?? []).map(({ username, display_name }) => ({
    value: username,
    label: display_name === username ? username : joinWords.withRemark(display_name, username),
  }));
}
