import { describe, expect, it } from "vitest";
import { enqueue, remove } from "../../shared/outbox";
import { MemoryStorage } from "../../shared/outboxStorage";
import { ChatStore } from "./store";

const entry = (id: string) => ({ clientMessageId: id, text: id, queuedAt: 5 });

describe("ChatStore", () => {
  it("gives back what it was given", () => {
    const storage = new MemoryStorage();
    const store = new ChatStore(storage);
    store.saveCredentials({ conversationId: "c", token: "t" });
    store.saveLastSeq(7);
    store.saveDraft("半句");
    store.saveOutbox(enqueue(enqueue([], entry("a")), entry("b")));
    const again = new ChatStore(storage);
    expect(again.loadCredentials()).toEqual({ conversationId: "c", token: "t" });
    expect(again.loadLastSeq()).toBe(7);
    expect(again.loadDraft()).toBe("半句");
    expect(again.loadOutbox().map((item) => item.clientMessageId)).toEqual(["a", "b"]);
  });

  it("never touches the unsent messages of another open page", () => {
    const storage = new MemoryStorage();
    const first = new ChatStore(storage);
    const second = new ChatStore(storage);
    first.saveOutbox(enqueue([], entry("a")));
    const mine = enqueue([], entry("b"));
    second.saveOutbox(mine);
    second.saveOutbox(remove(mine, "b"));
    expect(new ChatStore(storage).loadOutbox().map((item) => item.text)).toEqual(["a"]);
  });

  it("forgets how far was read together with the conversation", () => {
    const store = new ChatStore(new MemoryStorage());
    store.saveCredentials({ conversationId: "c", token: "t" });
    store.saveLastSeq(7);
    store.saveCredentials(null);
    expect([store.loadCredentials(), store.loadLastSeq()]).toEqual([null, 0]);
  });

  it("says so when the browser's storage is full", () => {
    const storage = new MemoryStorage();
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const store = new ChatStore(storage);
    store.saveOutbox(enqueue([], entry("a")));
    expect(store.durable).toBe(false);
  });

  it("starts anew when the stored conversation is damaged", () => {
    const storage = new MemoryStorage();
    storage.setItem("yingsheng.chat.conversation", "{");
    expect(new ChatStore(storage).loadCredentials()).toBeNull();
  });
});
