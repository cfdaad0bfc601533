import { type QueryClient, useQuery } from "@tanstack/react-query";
import { deskApi } from "../../api/desk";
import { isUnauthorized } from "../../api/errors";
import type { Session } from "../../api/types";
import { dropLiveDrafts } from "../live/model/drafts";
import { dropAllDrafts } from "../steps/drafts";

export const sessionKey = ["session"] as const;

/** Who is logged in; `null` when nobody is. */
export function useSession() {
  return useQuery<Session | null>({
    queryKey: sessionKey,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await deskApi.me(signal);
      } catch (error) {
        if (isUnauthorized(error)) return null;
        throw error;
      }
    },
  });
}

/** Somebody logged in or out: nothing that the one before has seen stays behind. */
export function changeSession(client: QueryClient, session: Session | null): void {
  if (session === null) {
    dropAllDrafts(window.sessionStorage);
    dropLiveDrafts(window.localStorage);
  }
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  client.setQueryData(sessionKey, session);
}
