import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isTemporary, isUnauthorized } from "../api/errors";
import { sessionKey } from "./session/useSession";

const MOST_RETRIES = 2;

/** A request that says 401 ends the session everywhere; the guard then asks to log in. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isUnauthorized(error)) client.setQueryData(sessionKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => isTemporary(error) && failures < MOST_RETRIES,
      },
    },
  });
  return client;
}
