import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { liveApi, type TransferTo } from "../../../api/live";
import type { LiveDetail } from "../../../api/liveTypes";
import { liveActionWords } from "../../../messages/live.zh-CN";
import { messageOf } from "../../components/ErrorPanel";
import { useLive } from "../LiveProvider";
import { conversationKey, listsKey } from "./liveKeys";
import { cardChanged } from "./liveUpdates";

type Named = keyof typeof liveActionWords.done;
interface Deed {
  name: Named;
  act(): Promise<unknown>;
}

const isCard = (answer: unknown): answer is LiveDetail =>
  typeof answer === "object" && answer !== null && "owner" in answer && "version" in answer;

/**
 * What can be done with a conversation. Who loses a race is told who won, and sees the conversation as
 * it is.
 */
export function useDeeds(id: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { me } = useLive();
  const lookAgain = () => {
    void client.invalidateQueries({ queryKey: conversationKey(id) });
    void client.invalidateQueries({ queryKey: listsKey });
  };
  const deed = useMutation({
    mutationFn: ({ act }: Deed) => act(),
    onSuccess: (answer, { name }) => {
      if (isCard(answer)) cardChanged(client, answer, me.username);
      void message.success({ content: liveActionWords.done[name], key: id });
    },
    onError: (error) => void message.warning({ content: messageOf(error), key: id }),
    onSettled: lookAgain,
  });
  const start = (name: Named, act: () => Promise<unknown>) => deed.mutateAsync({ name, act });
  return {
    pending: deed.isPending ? deed.variables.name : null,
    claim: () => start("claim", () => liveApi.claim(id)),
    takeOver: (note: string | null) => start("takeOver", () => liveApi.takeOver(id, note)),
    join: () => start("join", () => liveApi.join(id)),
    leave: () => start("leave", () => liveApi.leave(id)),
    handBack: (note: string | null) => start("handBack", () => liveApi.handBack(id, note)),
    transfer: (to: TransferTo) => start("transfer", () => liveApi.transfer(id, to)),
    close: (note: string | null) => start("close", () => liveApi.close(id, note)),
    reopen: () => start("reopen", () => liveApi.reopen(id)),
    assign: (username: string) => start("assign", () => liveApi.assign(id, username)),
    note: (text: string) => start("note", () => liveApi.note(id, text)),
    correct: (facts: Record<string, string | null>) =>
      start("facts", () => liveApi.correct(id, facts)),
  };
}

export type Deeds = ReturnType<typeof useDeeds>;

/** A click needs no answer: whoever fails has been told. */
export function quietly(deed: Promise<unknown>): void {
  deed.catch(() => undefined);
}
