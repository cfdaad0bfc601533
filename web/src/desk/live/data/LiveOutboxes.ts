import type { QueryClient } from "@tanstack/react-query";
import { liveApi } from "../../../api/live";
import { newId } from "../../../shared/ids";
import { sessionKey } from "../../session/useSession";
import { conversationsWithUnsent, outboxPrefix } from "../model/drafts";
import { LiveOutbox } from "./LiveOutbox";
import { messagePushed } from "./liveUpdates";

/** The unsent messages of one person, by conversation; they go out whichever page is open. */
export class LiveOutboxes {
  private readonly client: QueryClient;
  private readonly username: string;
  private readonly open = new Map<string, LiveOutbox>();

  constructor(client: QueryClient, username: string) {
    this.client = client;
    this.username = username;
  }

  of(id: string): LiveOutbox {
    const known = this.open.get(id);
    if (known) return known;
    const { client, username } = this;
    const outbox = new LiveOutbox({
      send: (message) => liveApi.send(id, message),
      sent: (message) => messagePushed(client, id, message),
      loggedOut: () => client.setQueryData(sessionKey, null),
      storage: window.localStorage,
      prefix: outboxPrefix(username, id),
      newId,
      now: Date.now,
      random: Math.random,
    });
    this.open.set(id, outbox);
    return outbox;
  }

  /** Sends what an earlier page left, and what waits. */
  retryAll(): void {
    for (const id of conversationsWithUnsent(this.username, window.localStorage)) this.of(id);
    for (const outbox of this.open.values()) outbox.retryNow();
  }

  stop(): void {
    for (const outbox of this.open.values()) outbox.stop();
  }
}
