/** A web chat server in memory, for tests: it answers every message and can misbehave on demand. */
import { ApiError } from "../../api/errors";
import type { Attachment, Message, Standing } from "../../api/types";
import type { Credentials, OutgoingMessage, WebchatApi } from "../../api/webchat";
import type { ChatSocketHandlers, ConnectChat } from "./socket";

export class FakeServer implements WebchatApi {
  opened = 0;
  messages: Message[] = [];
  waits: boolean[] = [];
  fileIds: string[][] = [];
  private readByAgent = 0;
  attempts: string[] = [];
  failure: ApiError | null = null;
  loseNextAnswer = false;
  knowsNobody = false;
  refuses: string | null = null;
  standing: Standing = { owner: "bot", agent_name: null, position: null };
  /** What the page said over the socket. */
  told: [string, object][] = [];
  private known = "";
  private handlers: ChatSocketHandlers | null = null;

  readonly connect: ConnectChat = (_credentials, handlers) => {
    this.handlers = handlers;
    return {
      reconnect: () => undefined,
      close: () => undefined,
      say: (event: string, data: object) => {
        this.told.push([event, data]);
      },
    };
  };

  async open() {
    if (this.failure) throw this.failure;
    this.opened += 1;
    this.known = `conversation-${this.opened}`;
    this.messages = [];
    this.says("您好");
    return { conversation_id: this.known, token: "t", messages: [...this.messages] };
  }

  async messagesSince(credentials: Credentials, since: number) {
    this.require(credentials);
    const messages = this.messages.filter((message) => message.seq > since);
    return { messages, ...this.standing, agent_seen_seq: this.readByAgent };
  }

  async upload(credentials: Credentials, file: File) {
    this.require(credentials);
    return { kind: "image", file_id: `file-${file.name}`, name: file.name } as Attachment;
  }

  async file(credentials: Credentials, fileId: string) {
    this.require(credentials);
    return new Blob([fileId]);
  }

  async send(credentials: Credentials, outgoing: OutgoingMessage) {
    this.attempts.push(outgoing.clientMessageId);
    this.require(credentials);
    if (outgoing.text === this.refuses) {
      throw new ApiError({ kind: "http", status: 422, message: "refused" });
    }
    this.waits.push(outgoing.wait);
    const index = this.messages.findIndex(
      (message) => message.client_message_id === outgoing.clientMessageId,
    );
    const start = index >= 0 ? index : this.accept(outgoing);
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      throw new ApiError({ kind: "network", message: "lost" });
    }
    const [message, ...replies] = this.messages.slice(start, start + 2);
    if (!message) throw new Error("nothing stored");
    return { message, replies: outgoing.wait ? replies : [] };
  }

  says(text: string): number {
    return this.add("bot", text, null);
  }

  socketConnects() {
    this.handlers?.connected();
  }

  push(seq: number, conversation = this.known) {
    const message = this.messages[seq - 1];
    if (message) this.handlers?.message({ conversation_id: conversation, message });
  }

  types(who?: "bot" | "agent") {
    this.handlers?.typing({ conversation_id: this.known, active: true, who });
  }

  isOwnedBy(standing: Standing) {
    this.standing = standing;
    this.handlers?.owner({ conversation_id: this.known, ...standing });
  }

  hasRead(seq: number) {
    this.readByAgent = Math.max(seq, this.readByAgent);
    this.handlers?.seen({ conversation_id: this.known, by: "agent", seq });
  }

  forget() {
    this.known = "";
  }

  private accept(outgoing: OutgoingMessage): number {
    const seq = this.add("customer", outgoing.text, outgoing.clientMessageId);
    this.fileIds.push([...outgoing.fileIds]);
    this.says(`答：${outgoing.text}`);
    return seq - 1;
  }

  private add(sender: Message["sender"], text: string, clientMessageId: string | null): number {
    const seq = this.messages.length + 1;
    const created_at = new Date(0).toISOString();
    const client_message_id = clientMessageId;
    this.messages.push({
      seq,
      sender,
      text,
      quick_replies: [],
      attachments: [],
      created_at,
      client_message_id,
    });
    return seq;
  }

  private require(credentials: Credentials): void {
    if (this.failure) throw this.failure;
    if (this.knowsNobody || credentials.conversationId !== this.known) {
      throw new ApiError({ kind: "http", status: 404, message: "unknown" });
    }
  }
}
