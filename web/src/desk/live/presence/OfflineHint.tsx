import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { liveApi } from "../../../api/live";
import { presenceWords } from "../../../messages/live.zh-CN";
import { messageOf } from "../../components/ErrorPanel";
import { liveWallKey, presenceKey } from "../data/liveKeys";
import { useMyPresence } from "../data/liveQueries";

/** How I am there, and a way to change it. */
export function usePresenceChange() {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: liveApi.setPresence,
    onSuccess: (presence) => {
      client.setQueryData(presenceKey, presence);
      void client.invalidateQueries({ queryKey: liveWallKey });
    },
    onError: (error) => void message.error(messageOf(error)),
  });
}

/** Whoever forgets to come online waits for conversations in vain. */
export function OfflineHint() {
  const { data: mine } = useMyPresence();
  const change = usePresenceChange();
  if (mine?.state !== "offline") return null;
  return (
    <div className="live-offline" data-testid="live-offline">
      <span>{presenceWords.offlineHint}</span>
      <Button
        size="small"
        type="primary"
        loading={change.isPending}
        data-testid="go-online"
        onClick={() => change.mutate("online")}
      >
        {presenceWords.goOnline}
      </Button>
    </div>
  );
}
